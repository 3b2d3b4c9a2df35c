import { engagementRef } from '../../../../shared/domain/engagement-ref.ts';
import type { SentEngagement } from '../../../../shared/simulation/naive-score.ts';
import type { PlayedSeed } from '../play-seed.ts';
import { sentEngagements } from '../sent-events.ts';

/** An engagement, as far as its producers and those who judged it know. */
export type Sent = SentEngagement &
  Readonly<{
    lead: Readonly<Record<string, string>>;
    /** The first time. */
    sentAt: number;
    /** It was told as history, too; as history only. */
    isPast: boolean;
    isOnlyPast: boolean;
    /** It was told of two leads. */
    isDouble: boolean;
    /** What counts in the end, if somebody judged it. */
    verdict?: string;
    /** Since when it does not count, if nobody ever let it count; epoch milliseconds. */
    outSince?: number;
  }>;

/** By the short names of timelines. */
export const sentOf = ({ inputs }: PlayedSeed): ReadonlyMap<string, Sent> => {
  const sent = new Map<string, Sent>();
  const verdicts = verdictsIn(inputs);
  for (const { at, isPast, detail } of sentEngagements(inputs).toSorted((a, b) => b.at - a.at)) {
    const ref = engagementRef(String(detail.id));
    const before = sent.get(ref);
    // The history made them: they fit.
    const engagement = detail as unknown as SentEngagement & Pick<Sent, 'lead'>;
    sent.set(ref, {
      ...engagement,
      sentAt: at,
      isPast: isPast || before?.isPast === true,
      isOnlyPast: isPast && before?.isOnlyPast !== false,
      isDouble: before !== undefined && (before.isDouble || nameOf(before) !== nameOf(engagement)),
      ...verdicts.get(ref),
    });
  }
  return sent;
};

/** All names of one lead of the cast end in its number. */
const nameOf = ({ lead }: Pick<Sent, 'lead'>): string | undefined =>
  /\d+/.exec(lead.userId ?? lead.email ?? lead.anonymousId ?? '')?.[0];

/** Of each engagement that was judged the verdict that counts, whichever came first. */
const verdictsIn = (
  inputs: PlayedSeed['inputs'],
): ReadonlyMap<string, Readonly<{ verdict: string; outSince?: number }>> => {
  const judged = inputs.flatMap(({ at, event: { type, detail } }) =>
    type === 'EngagementJudged'
      ? [
          {
            at,
            ref: engagementRef(String(detail.engagementId)),
            verdict: String(detail.verdict),
            sequence: Number(detail.sequence),
          },
        ]
      : [],
  );
  const strictness = ['release', 'hold', 'void'];
  return new Map(
    [...Map.groupBy(judged, ({ ref }) => ref)].map(([ref, own]) => {
      const [first] = own.toSorted(
        (a, b) => b.sequence - a.sequence || strictness.indexOf(b.verdict) - strictness.indexOf(a.verdict),
      );
      const isOut = own.every(({ verdict }) => verdict !== 'release');
      const outSince = Math.min(...own.map(({ at }) => at));
      return [ref, { verdict: first?.verdict ?? 'release', ...(isOut ? { outSince } : {}) }];
    }),
  );
};
