import type { EngagementJudged } from '../../shared/events/commands.ts';

type Said = Pick<EngagementJudged, 'id' | 'engagementId' | 'verdict' | 'sequence'>;

const strictness = { release: 0, hold: 1, void: 2 };

const isBeaten = (one: Said, by: Said): boolean =>
  by.sequence > one.sequence ||
  (by.sequence === one.sequence && strictness[by.verdict] > strictness[one.verdict]) ||
  (by.sequence === one.sequence && by.verdict === one.verdict && by.id > one.id);

/** The verdict on an engagement, written down a second time as it is defined: the one that no other beats. */
export const naiveVerdict = <V extends Said>(verdicts: readonly V[], engagementId: string): V | undefined => {
  const about = verdicts.filter((one) => one.engagementId === engagementId);
  return about.find((one) => !about.some((other) => isBeaten(one, other)));
};

/** What is left when held and voided engagements had never been. */
export const naivelyCounted = <E extends Readonly<{ id: string }>>(
  engagements: readonly E[],
  verdicts: readonly Said[],
): readonly E[] =>
  engagements.filter(({ id }) => {
    const verdict = naiveVerdict(verdicts, id)?.verdict;
    return verdict !== 'hold' && verdict !== 'void';
  });
