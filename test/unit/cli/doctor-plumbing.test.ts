import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../infra/cli/doctor/finding.ts';
import {
  type BusRule,
  judgeConcurrency,
  judgeDeadLetters,
  judgeOverdue,
  judgeRegion,
  judgeRules,
  judgeSecrets,
  judgeStack,
  judgeTimers,
} from '../../../infra/cli/doctor/judge-plumbing.ts';
import { doctorReport } from '../../../infra/cli/doctor/report.ts';
import { subscriptions, takesTheBus, type WorkerName } from '../../../shared/events/subscriptions.ts';

const redeploy = 'npx baton deploy --env dev';

describe('one finding each', () => {
  it.each<[string, readonly Finding[], string]>([
    ['deployed', judgeStack('UPDATE_COMPLETE', redeploy), 'ok'],
    ['being deployed', judgeStack('UPDATE_IN_PROGRESS', redeploy), 'warning'],
    ['taken back', judgeStack('UPDATE_ROLLBACK_COMPLETE', redeploy), 'warning'],
    ['first deploy taken back', judgeStack('ROLLBACK_COMPLETE', redeploy), 'error'],
    ['stuck', judgeStack('UPDATE_ROLLBACK_FAILED', redeploy), 'error'],
    ['same region', judgeRegion('eu-central-1', 'eu-central-1'), 'ok'],
    ['no region in the shell', judgeRegion(undefined, 'eu-central-1'), 'ok'],
    ['another region', judgeRegion('us-east-1', 'eu-central-1'), 'warning'],
    ['no dead letters', judgeDeadLetters({ a: 0, b: 0 }), 'ok'],
    ['dead letters', judgeDeadLetters({ a: 0, b: 2 }), 'error'],
    ['timers run', judgeTimers({ tick: true, reconcile: true }, redeploy), 'ok'],
    ['a timer is off', judgeTimers({ tick: false, reconcile: true }, redeploy), 'error'],
    ['a timer is gone', judgeTimers({ tick: true }, redeploy), 'error'],
    ['all in time', judgeOverdue(60, 180), 'ok'],
    ['overdue', judgeOverdue(180, 180), 'error'],
    ['secrets', judgeSecrets({ a: true, b: true, c: true }, redeploy), 'ok'],
    ['a secret is to be deleted', judgeSecrets({ a: true, b: true, c: false }, redeploy), 'error'],
    ['secrets are missing', judgeSecrets({ a: true }, redeploy), 'error'],
    ['much concurrency', judgeConcurrency(1000), 'ok'],
    ['that of a new account', judgeConcurrency(10), 'warning'],
  ])('%s', (_, findings, level) => {
    expect(findings.map((finding) => finding.level)).toEqual([level]);
    for (const { level, remedy } of findings) expect(remedy === undefined).toBe(level === 'ok');
  });
});

describe('rules of the bus', () => {
  const workers = Object.keys(subscriptions) as WorkerName[];
  const queues = Object.fromEntries(workers.map((name) => [name, `queue-of-${name}`]));
  const rules: BusRule[] = workers.map((name) => ({
    enabled: true,
    types: subscriptions[name].filter(takesTheBus).map(({ type }) => type),
    queues: [`queue-of-${name}`],
  }));
  const changed = (worker: WorkerName, change: Partial<BusRule>) =>
    rules.map((rule, i) => (workers[i] === worker ? { ...rule, ...change } : rule));

  it('reach all', () => {
    expect(judgeRules(rules, queues, redeploy).map(({ level }) => level)).toEqual(['ok']);
  });

  it.each<[string, Partial<BusRule>]>([
    ['is off', { enabled: false }],
    ['has lost its target', { queues: [] }],
    ['has lost a type', { types: ['ProfileChanged', 'AccountChanged'] }],
  ])('one %s', (_, change) => {
    const findings = judgeRules(changed('score-lead', change), queues, redeploy);
    expect(findings).toMatchObject([{ level: 'error', text: expect.stringContaining('to score-lead') }]);
    expect(findings[0]?.text).toContain('EngagementRecorded');
  });
});

it('the report shows what is broken last, each with its remedy', () => {
  const report = doctorReport([
    ...judgeDeadLetters({ 'the queue of tick': 1 }),
    ...judgeConcurrency(1000),
    ...judgeRegion('us-east-1', 'eu-central-1'),
  ]);
  expect(report.indexOf('dead letters')).toBeGreaterThan(report.indexOf('region'));
  expect(report).toContain('the queue of tick holds 1 message.');
  expect(report).toMatch(/1 broken, 1 to look at, 1 fine$/);
});
