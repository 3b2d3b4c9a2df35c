import { styleText } from 'node:util';
import { busyAssumptions, followingCosts, scoringCosts } from '../costs/busy-costs.ts';
import { type CostLine, grouped, sumOf } from '../costs/cost-line.ts';
import { countRun } from '../costs/counted-run.ts';
import { idleAssumptions, idleCosts } from '../costs/idle-costs.ts';
import { idleMetrics } from '../costs/idle-metrics.ts';
import { synthesizedTemplate } from '../costs/synthesized-template.ts';
import { chosenEnvironment } from '../deploy/chosen-environment.ts';
import { replayPolicy, shippedPolicy } from '../replay/replay-policy.ts';
import { table } from '../replay/tables.ts';
import { readRoster } from '../seed/read-roster.ts';

export type CostsCommand = Readonly<{ env?: string; events: number; json?: true }>;

/** Always the same sample: figures change only when what is counted changes. */
const sample = { startAt: '2026-11-02T08:00:00.000Z', leads: 200, eventsPerLead: 5 } as const;

/** Returns the exit code. Nothing is asked of AWS. */
export const costs = async ({ env, events, json }: CostsCommand): Promise<number> => {
  const { environment } = chosenEnvironment(env ?? process.env.BATON_ENV ?? 'prod');
  const policy = await replayPolicy(shippedPolicy, { firstYear: 2026, lastYear: 2027 });
  const rules = { policy, roster: await readRoster(policy.policy), startAt: sample.startAt };
  const template = synthesizedTemplate(environment);
  const idle = await idleCosts({ template, metrics: await idleMetrics(rules), now: sample.startAt });
  const run = await countRun({ ...rules, ...sample });
  const scoring = scoringCosts(run, events);
  const following = followingCosts(run, events);
  if (json) {
    const bill = (lines: readonly CostLine[]) => ({ lines, dollars: sumOf(lines) });
    process.stdout.write(
      `${JSON.stringify({ environment, events, idle: bill(idle), scoring: bill(scoring), following: bill(following) })}\n`,
    );
    return 0;
  }
  const share = `${((run.facts / run.engagements) * 100).toFixed(0)} facts for 100 of them`;
  console.log(
    [
      bill(`${environment}, idle, a month`, idle),
      bill(`${grouped(events)} engagement events, up to their scores (each for itself)`, scoring),
      bill(`what follows from them at once (${share})`, following),
      total(idle, [...scoring, ...following], events),
      '',
      styleText('bold', 'Assumed'),
      ...[
        'List prices of us-east-1 (infra/cli/costs/prices.ts); no free tier, no tax. Frankfurt is up to a quarter dearer.',
        ...idleAssumptions,
        `Counted with ${grouped(run.engagements)} engagements of ${run.leads} known leads and the policy that ships, through the workers and their adapters.`,
        ...busyAssumptions,
      ].map((sentence) => `  ${sentence}`),
    ].join('\n'),
  );
  return 0;
};

const bill = (title: string, lines: readonly CostLine[]): string =>
  [
    styleText('bold', title),
    table(
      ['', 'how much', '$'],
      [
        ...lines.map(({ what, amount, dollars }) => [what, amount, money(dollars)]),
        ['', 'sum', money(sumOf(lines))],
      ],
      2,
    ),
    '',
  ].join('\n');

const total = (idle: readonly CostLine[], busy: readonly CostLine[], events: number): string =>
  styleText(
    'bold',
    `Together $${money(sumOf(idle) + sumOf(busy))} for a month with ${grouped(events)} engagement events.`,
  );

const money = (dollars: number): string => dollars.toFixed(2);
