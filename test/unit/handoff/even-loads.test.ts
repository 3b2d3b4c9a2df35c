import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { chooseHolder } from '../../../shared/domain/holder-choice.ts';
import { withChanges } from '../../../shared/domain/team-load-changes.ts';
import { becameMql, handoffWorld } from '../../support/handoff-world.ts';
import { monday } from '../../support/handoffs.ts';
import { aPerson, aRoster, aTeam } from '../../support/roster.ts';

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 8 });

/** Reps of one weight, all present, who have room for more than will come. */
const equals = (ids: readonly string[]) => ({
  team: aTeam('dach', [...ids]),
  people: ids.map((id) => aPerson(id, { capacity: 1000 })),
});

/** Each of these may lose its write to all the others, and must still have an attempt left. */
const atOnce = 5;

const spread = (loads: readonly number[]): number => Math.max(...loads) - Math.min(...loads);

describe('equal reps', () => {
  test.prop([names, fc.nat({ max: 200 })], { numRuns: 300 })(
    'have loads that differ by at most one, after each of a run of handoffs',
    (ids, run) => {
      const { team, people } = equals(ids);
      let loads = { loads: {} as Readonly<Record<string, number>> };
      for (let i = 0; i < run; i++) {
        const choice = chooseHolder(team, { teams: [team], people }, loads, monday);
        expect(choice?.flagged).toBe(false);
        loads = withChanges(loads, [{ team: team.name, person: choice!.holder, by: 1 }]);
        expect(spread(ids.map((id) => loads.loads[id] ?? 0))).toBeLessThanOrEqual(1);
      }
    },
  );

  test.prop([names, fc.integer({ min: 1, max: 25 })], { numRuns: 40 })(
    'hold as many handoffs each, give or take one, of leads that become MQLs at once',
    async (ids, run) => {
      const { team, people } = equals(ids);
      const { people: others, teams } = aRoster();
      const roster = {
        teams: teams.map((one) => (one.name === team.name ? team : one)),
        people: [...people, ...others.filter(({ id }) => !ids.includes(id))],
      };
      const world = handoffWorld({ roster });
      const leads = Array.from({ length: run }, (_, i) =>
        world.aLead({ leadId: `l-${i}`, companyDomain: `c-${i}.example` }),
      );
      for (let i = 0; i < run; i += atOnce)
        await Promise.all(leads.slice(i, i + atOnce).map((lead) => world.stageChanged(becameMql(lead))));
      const { kept, counted } = world.loads();
      expect(kept).toEqual(counted);
      expect(Object.values(counted).reduce((sum, load) => sum + load, 0)).toBe(run);
      expect(spread(ids.map((id) => counted[id] ?? 0))).toBeLessThanOrEqual(1);
    },
  );
});
