import { changeOf, decideAndCommit } from '../commit.ts';
import type { Roster, RosterStates } from '../domain/roster.ts';
import type { Aggregates } from '../ports.ts';

/**
 * Changes the roster in one conditional write, decided again if somebody else changed it first. Every decision reads it
 * anew, so it counts from the next one on; loads of teams stay as they are.
 */
export const changeRoster = (
  rosters: Aggregates<RosterStates>,
  change: (current: Roster | undefined) => Roster,
): Promise<Readonly<{ before: Roster | undefined; after: Roster }>> =>
  decideAndCommit(rosters, async () => {
    const loaded = await rosters.load('roster', 'current');
    const after = change(loaded.state);
    return {
      changes: [changeOf('roster', 'current', loaded, { state: after })],
      result: { before: loaded.state, after },
    };
  });
