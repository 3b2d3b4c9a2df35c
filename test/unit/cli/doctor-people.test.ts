import { describe, expect, it } from 'vitest';
import { judgePolicy, judgeRoster, judgeSubscriptions } from '../../../infra/cli/doctor/judge-people.ts';
import { readRoster } from '../../../infra/cli/seed/read-roster.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';

const published = publishedDefaultPolicy();
const { policy } = published;
const shipped = await readRoster(policy);
const [firstTeam] = shipped.teams;
const withoutManager: Roster = {
  ...shipped,
  people: shipped.people.filter(({ id }) => id !== firstTeam?.manager),
};

describe('subscriptions', () => {
  const [ann, bob] = ['ann@acme.test', 'bob@acme.test'].map((endpoint) => ({ endpoint, confirmed: true }));
  const waiting = { endpoint: 'cy@acme.test', confirmed: false };
  it.each([
    ['alarms', [], 'warning'],
    ['alerts', [], 'ok'],
    ['alarms', [ann!, bob!], 'ok'],
    ['alarms', [ann!, waiting], 'warning'],
    ['alarms', [waiting], 'error'],
    ['alerts', [waiting], 'warning'],
  ])('%s of %j: %s', (check, subscriptions, level) => {
    const findings = judgeSubscriptions(check, 'operator', subscriptions);
    expect(findings.map((finding) => finding.level)).toEqual([level]);
    if (subscriptions.includes(waiting)) expect(findings[0]?.text).toContain('cy@acme.test');
  });
});

it('a policy is published, or nothing is scored', () => {
  expect(judgePolicy(published, 'dev')[0]?.level).toBe('ok');
  expect(judgePolicy(undefined, 'dev')).toMatchObject([
    { level: 'error', remedy: 'npx baton publish --env dev' },
  ]);
});

describe('the roster', () => {
  it.each([
    ['fits', shipped, policy, ['ok']],
    ['is missing', undefined, policy, ['error']],
    ['cannot be judged without a policy', shipped, undefined, ['warning']],
  ] as const)('%s', (_, roster, rules, expected) => {
    expect(judgeRoster(roster, rules, 'dev').map(({ level }) => level)).toEqual(expected);
  });

  it('has a team whose manager nobody is', () => {
    const findings = judgeRoster(withoutManager, policy, 'dev');
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: 'error',
        text: `team ${firstTeam?.name}: manager names nobody of the roster.`,
      }),
    );
  });

  it('lacks the team of a route', () => {
    const findings = judgeRoster({ ...shipped, teams: shipped.teams.slice(1) }, policy, 'dev');
    expect(findings.map(({ text }) => text).join()).toContain(`has no team ${firstTeam?.name}`);
  });
});
