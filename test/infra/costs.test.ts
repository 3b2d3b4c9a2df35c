import { describe, expect, it } from 'vitest';
import { followingCosts, scoringCosts } from '../../infra/cli/costs/busy-costs.ts';
import { sumOf } from '../../infra/cli/costs/cost-line.ts';
import { countRun } from '../../infra/cli/costs/counted-run.ts';
import { idleCosts } from '../../infra/cli/costs/idle-costs.ts';
import { idleMetrics } from '../../infra/cli/costs/idle-metrics.ts';
import { synthesizedTemplate } from '../../infra/cli/costs/synthesized-template.ts';
import { replayPolicy, shippedPolicy } from '../../infra/cli/replay/replay-policy.ts';
import { readRoster } from '../../infra/cli/seed/read-roster.ts';
import { environmentNames } from '../../infra/environments.ts';

const policy = await replayPolicy(shippedPolicy, { firstYear: 2026, lastYear: 2027 });
const rules = { policy, roster: await readRoster(policy.policy), startAt: '2026-11-02T08:00:00.000Z' };

describe('an idle environment', () => {
  it.each(environmentNames)('%s costs at most ten dollars a month', async (name) => {
    const lines = await idleCosts({
      template: synthesizedTemplate(name),
      metrics: await idleMetrics(rules),
      now: rules.startAt,
    });
    const of = (what: string) => lines.find((line) => line.what === what)?.dollars ?? 0;
    // None of these was overlooked.
    for (const what of ['alarms', 'polling of queues', 'secrets', 'keys of our own', 'metrics', 'timers'])
      expect(of(what), what).toBeGreaterThan(0);
    expect(sumOf(lines)).toBeLessThanOrEqual(10);
  });
});

describe('engagements', () => {
  it('cost what is counted, in proportion to their number', async () => {
    const run = await countRun({ ...rules, leads: 40, eventsPerLead: 5 });
    expect(run.scoring.messages).toBe(200);
    const million = sumOf(scoringCosts(run, 1e6));
    expect(sumOf(scoringCosts(run, 2e6))).toBeCloseTo(2 * million);
    // Bus and queue alone come to $1.48.
    expect(million).toBeGreaterThan(1.48);
    expect(million).toBeLessThan(3.5);
    expect(run.facts).toBeGreaterThan(0);
    expect(sumOf(followingCosts(run, 1e6))).toBeGreaterThan(0);
  });
});
