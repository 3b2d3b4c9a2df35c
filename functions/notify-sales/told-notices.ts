import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { addToDigest, emptyDigest } from '../../shared/domain/digest.ts';
import { type FactForSales, type Notice, toldLate } from '../../shared/domain/notice.ts';
import type { NoticeStates } from '../../shared/domain/notices.ts';
import type { Aggregates, Change } from '../../shared/ports.ts';

type Notices = Aggregates<NoticeStates>;
type NoticeChange = Change<keyof NoticeStates>;
type DigestTiming = Readonly<{ afterMs: number; now: string }>;

/**
 * Marks a notice as given, and with it who now knows that the handoff is late. An entry of a digest is added in the same
 * transaction: that is all that giving it means.
 */
export const makeMarkTold =
  (notices: Notices) =>
  (fact: FactForSales, notice: Notice, timing: DigestTiming): Promise<void> =>
    decideAndCommit(notices, async () => {
      const told = await notices.load('notice', fact.factId);
      const done = told.state?.done ?? [];
      if (done.includes(notice.key)) return { changes: [], result: undefined };
      const mark = changeOf('notice', fact.factId, told, { state: { done: [...done, notice.key] } });
      const late = await lateChange(notices, fact.handoffId, notice);
      const digest = await digestChange(notices, notice, holderIn(fact), timing);
      return { changes: [mark, ...late, ...digest], result: undefined };
    });

const lateChange = async (
  notices: Notices,
  handoffId: string | undefined,
  notice: Notice,
): Promise<NoticeChange[]> => {
  const person = toldLate(notice);
  if (person === undefined || handoffId === undefined) return [];
  const late = await notices.load('late-handoff', handoffId);
  const told = late.state?.told ?? [];
  if (told.includes(person)) return [];
  return [changeOf('late-handoff', handoffId, late, { state: { told: [...told, person] } })];
};

const digestChange = async (
  notices: Notices,
  notice: Notice,
  holder: string,
  { afterMs, now }: DigestTiming,
): Promise<NoticeChange[]> => {
  if (notice.type !== 'digest') return [];
  const digest = await notices.load('digest', notice.manager);
  const state = addToDigest(digest.state ?? emptyDigest, { entry: notice.entry, holder }, afterMs, now);
  const dueAt = state.dueAt === undefined ? {} : { dueAt: state.dueAt };
  return [changeOf('digest', notice.manager, digest, { state, ...dueAt })];
};

const holderIn = (fact: FactForSales): string => ('holder' in fact ? fact.holder : undefined) ?? '';
