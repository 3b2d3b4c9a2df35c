import { isDeepStrictEqual } from 'node:util';
import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import type { Roster, RosterStates } from '../../shared/domain/roster.ts';
import type { PolicyProblem } from '../../shared/policy/policy-problem.ts';
import type { Aggregates, PolicySource } from '../../shared/ports.ts';
import { checkPeople } from '../../shared/roster/check-people.ts';
import { checkRoster } from '../../shared/roster/check-roster.ts';
import { type RosterInput, rosterFrom } from '../../shared/roster/roster-input.ts';

export type ChangeRosterDeps = Readonly<{ rosters: Aggregates<RosterStates>; policy: PolicySource }>;

/** `version`: of the roster that the caller read and changed; 0: they found none. */
export type RosterChange = Readonly<{ version: number; roster: RosterInput }>;

/** `repeated`: it is so already. `changed-before`: somebody else changed it since it was read. `left`: who is no longer in it. */
export type RosterOutcome = Readonly<
  | { type: 'done' | 'repeated'; version: number; roster: Roster; left: readonly string[] }
  | { type: 'changed-before'; version: number }
  | { type: 'unfit'; problems: readonly PolicyProblem[] }
>;

/**
 * The whole roster in one conditional write. Every decision reads it anew, so it counts from the next one on; whoever
 * left it loses their handoffs to colleagues.
 */
export const makeChangeRoster =
  ({ rosters, policy }: ChangeRosterDeps) =>
  ({ version, roster: input }: RosterChange): Promise<RosterOutcome> =>
    decideAndCommit<RosterStates, RosterOutcome>(rosters, async () => {
      const loaded = await rosters.load('roster', 'current');
      const roster = rosterFrom(input, loaded.state);
      if (isDeepStrictEqual(roster, loaded.state))
        return { changes: [], result: { type: 'repeated', version: loaded.version, roster, left: [] } };
      if (version !== loaded.version)
        return { changes: [], result: { type: 'changed-before', version: loaded.version } };
      const problems = [...checkPeople(roster), ...checkRoster(roster, (await policy.current()).policy)];
      if (problems.length > 0) return { changes: [], result: { type: 'unfit', problems } };
      const staying = new Set(roster.people.map(({ id }) => id));
      const left = (loaded.state?.people ?? []).map(({ id }) => id).filter((id) => !staying.has(id));
      return {
        changes: [changeOf('roster', 'current', loaded, { state: roster })],
        result: { type: 'done', version: loaded.version + 1, roster, left },
      };
    });
