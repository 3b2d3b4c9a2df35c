import { describe, expect, it } from 'vitest';
import { makeChangeRoster } from '../../../functions/change-roster/change-roster.ts';
import { makeServeRosterCalls } from '../../../functions/change-roster/serve-roster-calls.ts';
import type { RosterStates } from '../../../shared/domain/roster.ts';
import { memoryAggregates, memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { aRoster } from '../../support/roster.ts';

type Body = Readonly<{
  result?: string;
  version?: number;
  people?: readonly Readonly<{ id: string }>[];
  error?: Readonly<{ code: string; reasons?: readonly string[] }>;
}>;

const published = publishedDefaultPolicy();

const aWorld = () => {
  const rosters = memoryAggregates<RosterStates>(memoryTable());
  const policy = onePolicy(published);
  const routes = makeServeRosterCalls({ change: makeChangeRoster({ rosters, policy }), rosters });
  const call = async (route: string, body?: unknown) => {
    const answer = await routes[route]!({ parameters: {}, body: JSON.stringify(body ?? {}) });
    return { status: answer.status, body: answer.body as Body };
  };
  return {
    rosters,
    get: () => call('GET /api/roster'),
    put: (body: unknown) => call('PUT /api/roster', body),
  };
};

describe('the roster by API', () => {
  it('is put, read, changed and put again', async () => {
    const { get, put } = aWorld();
    expect(await get()).toMatchObject({ status: 404, body: { error: { code: 'no-roster' } } });
    expect(await put({ version: 0, ...aRoster() })).toEqual({
      status: 200,
      body: { result: 'done', version: 1, left: [], people: 10, teams: 3 },
    });
    const read = await get();
    expect(read).toEqual({ status: 200, body: { version: 1, ...aRoster() } });
    const teams = aRoster().teams.map((team) => ({
      ...team,
      members: team.members.filter((id) => id !== 'ben'),
    }));
    const people = read.body.people?.filter(({ id }) => id !== 'ben');
    expect(await put({ ...read.body, people, teams })).toMatchObject({
      status: 200,
      body: { result: 'done', version: 2, left: ['ben'] },
    });
  });

  it('is not put over what somebody else has changed meanwhile', async () => {
    const { get, put } = aWorld();
    await put({ version: 0, ...aRoster() });
    await put({ version: 1, ...aRoster({ anna: { capacity: 3 } }) });
    expect(await put({ version: 1, ...aRoster({ ben: { capacity: 3 } }) })).toMatchObject({
      status: 409,
      body: { error: { code: 'changed-before', remedy: expect.stringContaining('GET') }, version: 2 },
    });
    expect((await get()).body).toEqual({ version: 2, ...aRoster({ anna: { capacity: 3 } }) });
  });

  it('put twice is put once', async () => {
    const { put } = aWorld();
    const first = { version: 0, ...aRoster() };
    const answers = await Promise.all([put(first), put(first)]);
    expect(answers.map(({ status, body }) => `${status} ${body.result} ${body.version}`).toSorted()).toEqual([
      '200 done 1',
      '200 repeated 1',
    ]);
  });

  it('keeps absences that it does not speak of', async () => {
    const { put, get } = aWorld();
    const away = [{ from: '2026-12-21T08:00:00.000Z', until: '2027-01-04T08:00:00.000Z' }];
    await put({ version: 0, ...aRoster({ anna: { away } }) });
    const { people, teams } = aRoster({ anna: { capacity: 2 } });
    await put({ version: 1, teams, people: people.map(({ away: _, ...person }) => person) });
    expect((await get()).body.people?.[0]).toMatchObject({ id: 'anna', capacity: 2, away });
  });

  it.each<[string, unknown, string, RegExp]>([
    ['has no version', aRoster(), 'invalid-body', /version: missing/],
    [
      'has a field that nobody knows',
      { version: 0, ...aRoster({ anna: { awya: [] } as never }) },
      'invalid-body',
      /people.0.awya: unknown field/,
    ],
    [
      'names nobody of the roster',
      { version: 0, ...aRoster(), people: aRoster().people.slice(1) },
      'unfit',
      /teams\[0\].members\[0\] names nobody/,
    ],
    [
      'has an address that is none',
      { version: 0, ...aRoster({ anna: { email: 'Johanna' } }) },
      'unfit',
      /people\[0\].email is no e-mail/,
    ],
  ])('is refused where it %s', async (_, body, code, reasons) => {
    const { put, get } = aWorld();
    const answer = await put(body);
    expect(answer).toMatchObject({ status: 422, body: { error: { code } } });
    expect(answer.body.error?.reasons?.join('\n')).toMatch(reasons);
    expect(JSON.stringify(answer)).not.toContain('Johanna');
    expect((await get()).status).toBe(404);
  });
});
