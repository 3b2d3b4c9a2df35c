import { decideAndCommit } from '../../shared/commit.ts';
import { handoffChanges, type SalesStates } from '../../shared/commit-handoff.ts';
import { giveOrphan } from '../../shared/domain/handoff-orphan.ts';
import type { RosterStates } from '../../shared/domain/roster.ts';
import type { Aggregates, Clock, PolicySource } from '../../shared/ports.ts';

export type GiveOrphansDeps = Readonly<{
  handoffs: Aggregates<SalesStates>;
  roster: Pick<Aggregates<RosterStates>, 'load'>;
  policy: PolicySource;
  clock: Clock;
}>;

/** An open handoff whose holder has left the roster -> HandoffReassigned. Returns whether it went to somebody. */
export const makeGiveOrphan =
  ({ handoffs, roster: rosters, policy, clock }: GiveOrphansDeps) =>
  (id: string): Promise<boolean> =>
    decideAndCommit(handoffs, async () => {
      const nothing = { changes: [], result: false };
      const loaded = await handoffs.load('handoff', id);
      const roster = (await rosters.load('roster', 'current')).state;
      if (loaded.state === undefined || roster === undefined) return nothing;
      const { team } = loaded.state;
      const loads = team === undefined ? undefined : (await handoffs.load('team-loads', team)).state;
      const now = clock.now();
      const { state: next, facts } = giveOrphan(loaded.state, {
        policy: (await policy.current()).policy,
        roster,
        loads: loads ?? { loads: {} },
        now,
      });
      if (next === loaded.state) return nothing;
      return { changes: await handoffChanges(handoffs, [{ loaded, next, facts }], now), result: true };
    });
