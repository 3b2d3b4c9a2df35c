import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { momentOf, withAbsence } from '../../../infra/cli/roster/absence.ts';
import { describeRoster } from '../../../infra/cli/roster/describe-roster.ts';
import { readRoster, readRosterFile } from '../../../infra/cli/seed/read-roster.ts';
import type { RosterStates } from '../../../shared/domain/roster.ts';
import { InvalidPolicyError } from '../../../shared/policy/policy-problem.ts';
import { changeRoster } from '../../../shared/roster/change-roster.ts';
import { rosterFrom } from '../../../shared/roster/roster-input.ts';
import { memoryAggregates, memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aRoster } from '../../support/roster.ts';

const policy = defaultPolicy();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-roster-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, text: string) => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
/** `file:line` and what is wrong there. */
const problemsOf = async (path: string) => {
  const error = await readRosterFile(policy, path).catch((thrown: unknown) => thrown);
  if (!(error instanceof InvalidPolicyError)) throw new Error('nothing is wrong');
  return error.problems.map(({ line, message }) => `${line}: ${message}`);
};

const header = 'id,name,email,locale,calendar,capacity,team,manages,nextManagerOf';
const rows = [
  'anna,Anna Berger,anna@sales.example,de,dach,10,enterprise dach,,',
  'emma,"Field, Emma",emma@sales.example,en,uk,15,international,,',
  'hanna,Hanna Imhof,hanna@sales.example,de,dach,0,,enterprise dach,',
  'ian,Ian Jones,ian@sales.example,en,uk,,,international,',
  'katja,Katja Lenz,katja@sales.example,de,dach,0,,,enterprise dach international',
];
const csv = (...lines: readonly string[]) => `${[header, ...lines].join('\n')}\n`;

describe('a roster as CSV', () => {
  it('has one person a row; teams work by the calendar of their manager', async () => {
    const good = rows.map((row) => row.replace('en,uk,,,', 'en,uk,0,,'));
    const roster = await readRoster(policy, await file('good.csv', csv(...good)));
    expect(roster.people).toHaveLength(5);
    expect(roster.people[1]).toEqual({
      id: 'emma',
      name: 'Field, Emma',
      email: 'emma@sales.example',
      locale: 'en',
      calendar: 'uk',
      capacity: 15,
      away: [],
    });
    expect(roster.teams).toEqual([
      { name: 'enterprise', members: ['anna'], manager: 'hanna', nextManager: 'katja', calendar: 'dach' },
      { name: 'dach', members: ['anna'], manager: 'hanna', nextManager: 'katja', calendar: 'dach' },
      { name: 'international', members: ['emma'], manager: 'ian', nextManager: 'katja', calendar: 'uk' },
    ]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['no capacity', rows, ['5: is undefined, but number is expected']],
    [
      'a calendar, an address and a language that are none',
      [rows[0]!.replace('de,dach,10', 'de,mars,10').replace('anna@', 'anna'), ...rows.slice(1)].map((row) =>
        row.replace('en,uk,,,', 'en,uk,0,,'),
      ),
      ['2: is no e-mail address', '2: names no calendar of the policy'],
    ],
    [
      'an id given twice',
      [...rows, rows[0]!].map((row) => row.replace('en,uk,,,', 'en,uk,0,,')),
      ['7: is given twice: anna'],
    ],
    [
      'a team without reps, and one that a route needs',
      rows.slice(2).map((row) => row.replace('en,uk,,,', 'en,uk,0,,').replaceAll('enterprise dach', 'dach')),
      [
        '2: has nobody who can hold a lead (capacity above 0)',
        '3: has nobody who can hold a lead (capacity above 0)',
        "1: has no team enterprise, but the policy's route enterprise leads to it",
      ],
    ],
    ['a row that is none', ['anna,Anna'], ['2: has another number of columns than the header']],
  ])('is refused with the lines of what is wrong: %s', async (name, lines, expected) => {
    const found = await problemsOf(await file(`${name.length}.csv`, csv(...lines)));
    for (const problem of expected) expect(found).toContain(problem);
  });

  it('is refused without its columns, or without rows', async () => {
    const short = await file('short.csv', 'id,name\nanna,Anna\n');
    expect(await problemsOf(short)).toEqual([
      '1: lacks columns: email, locale, calendar, capacity, team, manages, nextManagerOf',
    ]);
    expect(await problemsOf(await file('empty.csv', csv()))).toEqual(['1: has no rows']);
  });
});

it('a YAML file is refused where an absence never ends', async () => {
  const people = aRoster().people.map((person) => JSON.stringify(person));
  const [anna] = aRoster({ anna: { away: [{ from: '2026-12-24', until: '2026-12-01' }] } }).people;
  const text = ['people:', ...[JSON.stringify(anna), ...people.slice(1)].map((line) => `  - ${line}`)];
  const path = await file('away.yaml', `${text.join('\n')}\nteams: ${JSON.stringify(aRoster().teams)}\n`);
  expect((await problemsOf(path))[0]).toMatch(/^2: is no absence/);
});

describe('changing the roster', () => {
  const away = { from: '2026-12-21T08:00:00.000Z', until: '2027-01-04T08:00:00.000Z' };
  const now = '2026-11-24T10:00:00.000Z';
  const awayOf = (roster: { people: readonly { id: string; away: unknown }[] }, id: string) =>
    roster.people.find((person) => person.id === id)?.away;

  it('keeps absences that a file does not speak of, and takes those that it does', () => {
    const current = aRoster({ anna: { away: [away] }, ben: { away: [away] } });
    const { people, teams } = aRoster();
    const written = people.map(({ away: none, ...person }) =>
      person.id === 'ben' ? { ...person, away: none } : person,
    );
    const after = rosterFrom({ people: written, teams }, current);
    expect(awayOf(after, 'anna')).toEqual([away]);
    expect(awayOf(after, 'ben')).toEqual([]);
    expect(awayOf(after, 'carla')).toEqual([]);
  });

  it('adds an absence once, drops what is over, and takes all out', () => {
    const over = { from: '2026-10-01T08:00:00.000Z', until: '2026-10-02T08:00:00.000Z' };
    const before = aRoster({ anna: { away: [over] } });
    const once = withAbsence(before, 'anna', away, now);
    expect(awayOf(once, 'anna')).toEqual([away]);
    expect(withAbsence(once, 'anna', away, now)).toEqual(once);
    expect(awayOf(withAbsence(once, 'anna', undefined, now), 'anna')).toEqual([]);
    expect(awayOf(once, 'ben')).toEqual([]);
    expect(() => withAbsence(before, 'nobody', away, now)).toThrow('known are anna, ben');
  });

  it('loses neither of two changes at once', async () => {
    const rosters = memoryAggregates<RosterStates>(memoryTable());
    await changeRoster(rosters, () => aRoster());
    await Promise.all(
      ['anna', 'ben', 'carla'].map((id) =>
        changeRoster(rosters, (current) => withAbsence(current ?? aRoster(), id, away, now)),
      ),
    );
    const { state } = await rosters.load('roster', 'current');
    for (const id of ['anna', 'ben', 'carla']) expect(awayOf(state!, id)).toEqual([away]);
  });

  it.each([
    ['2026-12-24', '2026-12-23T23:00:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
    ['2026-12-24T12:00+01:00', '2026-12-24T11:00:00.000Z'],
    ['2026-12-24T12:00:00Z', '2026-12-24T12:00:00.000Z'],
  ])('reads %s as people there mean it', (text, expected) => {
    expect(momentOf(text, 'Europe/Berlin')).toBe(expected);
  });

  it.each(['tomorrow', '2026-02-30', '2026-12-24T12:00', '24.12.2026', ''])('refuses %s', (text) => {
    expect(() => momentOf(text, 'Europe/Berlin')).toThrow('is no time');
  });
});

it('is shown team by team: who holds how much, and who is away', () => {
  const roster = aRoster({
    anna: { away: [{ from: '2026-11-20T08:00:00.000Z', until: '2026-11-30T08:00:00.000Z' }] },
    ben: { away: [{ from: '2026-12-21T08:00:00.000Z', until: '2027-01-04T08:00:00.000Z' }] },
  });
  const text = describeRoster(roster, policy, { dach: { carla: 3 } }, '2026-11-24T10:00:00.000Z');
  expect(text).toContain('late leads are told to Name of manager-dach, then Name of head-of-sales');
  expect(text).toMatch(/anna +Name of anna +away, back Mon 30 Nov, 09:00 \(Berlin\) +0 of 15/);
  expect(text).toMatch(/ben +Name of ben +from Mon 21 Dec, 09:00 \(Berlin\)/);
  expect(text).toMatch(/carla +Name of carla +3 of 15/);
});
