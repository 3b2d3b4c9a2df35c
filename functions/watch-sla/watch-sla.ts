import { decideAndCommit } from '../../shared/commit.ts';
import { handoffChanges, type SalesChange, type SalesStates } from '../../shared/commit-handoff.ts';
import { afterFacts } from '../../shared/domain/handoff-breach.ts';
import { climb } from '../../shared/domain/handoff-ladder.ts';
import { giveOrphan } from '../../shared/domain/handoff-orphan.ts';
import { tiersDue } from '../../shared/domain/handoff-tiers.ts';
import { NobodyToAskError } from '../../shared/domain/holder-calendar.ts';
import type { Due } from '../../shared/events/due.ts';
import type { Aggregates, Clock, PolicySource } from '../../shared/ports.ts';

export type WatchSlaDeps = Readonly<{
  aggregates: Aggregates<SalesStates>;
  policy: PolicySource;
  clock: Clock;
}>;

/** How many facts were told; `nothing-due`: somebody was here before, or only its lead has not followed yet. */
export type WatchSlaOutcome = Readonly<{ type: 'decided'; facts: number } | { type: 'nothing-due' }>;

/**
 * Decides every tier of a handoff whose time has come. What is due is read from the handoff, not from the message. If its
 * holder has left, somebody else has it first: whom a reminder goes to can act on it.
 */
export const makeWatchSla = ({ aggregates, policy, clock }: WatchSlaDeps) => {
  const decide = async ({ id }: Due) => {
    const now = clock.now();
    const loaded = await aggregates.load('handoff', id);
    const handoff = loaded.state;
    if (handoff === undefined || tiersDue(handoff, now).length === 0) return nothingDue;
    const roster = (await aggregates.load('roster', 'current')).state;
    if (roster === undefined) throw new NobodyToAskError('there is no roster');
    const loads =
      handoff.team === undefined ? undefined : (await aggregates.load('team-loads', handoff.team)).state;
    const staffing = { policy: (await policy.current()).policy, roster, loads: loads ?? { loads: {} }, now };
    const given = giveOrphan(handoff, staffing);
    const { state: next, facts } = afterFacts(given.facts, climb(given.state, staffing));
    const result: WatchSlaOutcome = { type: 'decided', facts: facts.length };
    return { changes: await handoffChanges(aggregates, [{ loaded, next, facts }], now), result };
  };
  return (due: Due): Promise<WatchSlaOutcome> => decideAndCommit(aggregates, () => decide(due));
};

const nothingDue: Readonly<{ changes: readonly SalesChange[]; result: WatchSlaOutcome }> = {
  changes: [],
  result: { type: 'nothing-due' },
};
