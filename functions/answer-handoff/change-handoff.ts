import { decideAndCommit } from '../../shared/commit.ts';
import { handoffChanges, type SalesStates } from '../../shared/commit-handoff.ts';
import type { Decision } from '../../shared/domain/decision.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import type { Staffing } from '../../shared/domain/handoff-reassign.ts';
import { NobodyToAskError } from '../../shared/domain/holder-calendar.ts';
import type { Aggregates, Clock, PolicySource } from '../../shared/ports.ts';

export type ChangeHandoffDeps = Readonly<{
  aggregates: Aggregates<SalesStates>;
  policy: PolicySource;
  clock: Clock;
}>;

/** `handoff` is as it stands afterwards, or as it stood if nothing changed. */
export type HandoffOutcome<R extends string> = Readonly<
  | { type: 'done' | 'repeated'; handoff: Handoff }
  | { type: 'refused'; reason: R; handoff: Handoff }
  | { type: 'unknown' }
>;

/** What a person wants of a handoff, decided by who works in sales now. */
export type DecideHandoff<R extends string> = (
  handoff: Handoff,
  staffing: Staffing,
) => Readonly<({ type: 'done' } & Decision<Handoff>) | { type: 'repeated' } | { type: 'refused'; reason: R }>;

/** One handoff as it is, a decision about it, and the transaction with all that must agree with it. */
export const makeChangeHandoff =
  ({ aggregates, policy, clock }: ChangeHandoffDeps) =>
  <R extends string>(handoffId: string, decide: DecideHandoff<R>): Promise<HandoffOutcome<R>> =>
    decideAndCommit<SalesStates, HandoffOutcome<R>>(aggregates, async () => {
      const now = clock.now();
      const loaded = await aggregates.load('handoff', handoffId);
      const handoff = loaded.state;
      if (handoff === undefined) return { changes: [], result: { type: 'unknown' } };
      const decided = decide(handoff, {
        policy: (await policy.current()).policy,
        ...(await loadStaff(aggregates, handoff)),
        now,
      });
      if (decided.type !== 'done') return { changes: [], result: { ...decided, handoff } };
      const { state: next, facts } = decided;
      return {
        changes: await handoffChanges(aggregates, [{ loaded, next, facts }], now),
        result: { type: 'done', handoff: next },
      };
    });

/** Who works in sales, and what the handoff's team holds. @throws NobodyToAskError if there is no roster. */
export const loadStaff = async (
  aggregates: Pick<Aggregates<SalesStates>, 'load'>,
  { team }: Handoff,
): Promise<Pick<Staffing, 'roster' | 'loads'>> => {
  const roster = (await aggregates.load('roster', 'current')).state;
  if (roster === undefined) throw new NobodyToAskError('there is no roster');
  const loads = team === undefined ? undefined : (await aggregates.load('team-loads', team)).state;
  return { roster, loads: loads ?? { loads: {} } };
};
