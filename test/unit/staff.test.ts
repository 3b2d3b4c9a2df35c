import { describe, expect, it } from 'vitest';
import { personOf, type Roster } from '../../shared/domain/roster.ts';
import { managerFor, NobodyToTellError, repOrManager, zoneOf } from '../../shared/domain/staff.ts';
import { defaultPolicy } from '../support/default-policy.ts';
import { aRoster } from '../support/sales.ts';

const without = (...ids: string[]): Roster => {
  const roster = aRoster();
  return { ...roster, people: roster.people.filter(({ id }) => !ids.includes(id)) };
};
const handoff = { team: 'dach', manager: 'mia', nextManager: 'nora' };

describe('whom to tell', () => {
  it.each([
    ['the manager who is named', aRoster(), 'nora', handoff, 'nora'],
    ['the one of the handoff, if that one has left', without('boss'), 'boss', handoff, 'mia'],
    ['the one of the team today', without('mia-before'), 'mia-before', { team: 'dach' }, 'mia'],
    ['the next one, if there is no other', without('mia'), 'mia', handoff, 'nora'],
  ])('is %s', (_, roster, named, places, expected) => {
    expect(managerFor(roster, named, places).id).toBe(expected);
  });

  it('is nobody where none of them is known', () => {
    expect(() => managerFor(without('mia', 'nora'), 'mia', handoff)).toThrow(NobodyToTellError);
  });

  it.each([
    ['a rep', 'rita', handoff, 'rita'],
    ['the manager of a rep who has left', 'gone', handoff, 'mia'],
    ['the first manager for an owner from outside every team', 'owner', {}, 'mia'],
  ])('is %s', (_, rep, places, expected) => {
    expect(repOrManager(aRoster(), rep, places).id).toBe(expected);
  });
});

it.each([
  ['rita', 'Europe/Berlin'],
  ['ron', 'Europe/London'],
  ['nora', 'Europe/Berlin'],
])('%s lives by the clock of %s', (id, zone) => {
  const roster = aRoster();
  const person = personOf(roster, id);
  expect(person && zoneOf(person, roster, defaultPolicy())).toBe(zone);
});
