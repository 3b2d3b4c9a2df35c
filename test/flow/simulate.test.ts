import { expect, it } from 'vitest';
import { simulatedFunctions } from '../../infra/cli/in-process/faulty-system.ts';
import { readRoster } from '../../infra/cli/seed/read-roster.ts';
import { playSeed } from '../../infra/cli/simulate/play-seed.ts';
import { runSimulation } from '../../infra/cli/simulate/run-simulation.ts';
import { simulatedPolicies } from '../../infra/cli/simulate/simulated-policy.ts';
import { failedSeedReport } from '../../infra/cli/simulate/simulation-report.ts';
import { due } from '../../shared/events/due.ts';
import { factDefinitions } from '../../shared/events/facts.ts';
import { answerSchema, inboundEvents } from '../../shared/events/inbound.ts';
import { subscriptions, takesTheBus } from '../../shared/events/subscriptions.ts';

const commands: readonly string[] = Object.values(subscriptions)
  .flat()
  .filter((definition) => !takesTheBus(definition) && definition.type !== due.type)
  .map(({ type }) => type);
const everythingThatComes = [
  ...inboundEvents.map(({ type }) => type).filter((type) => type !== 'HandoffAnswered'),
  ...answerSchema.options.map(({ entries }) => `answer ${entries.type.literal}`),
  ...['take', 'give', 'give-until', 'pull-back'].map((action) => `manager ${action}`),
  ...commands,
  'policy published',
  'policy rolled back',
  'roster changed',
  'surge',
  'MQL held in a surge',
];

it('keeps every promise in 300 histories under faults', async () => {
  const { failed, broken, histories, rescued, runs, told, came, lostFacts, chunks, markers } =
    await runSimulation({ seeds: 300, firstSeed: 1 });
  expect(failed.map(failedSeedReport).join('\n\n')).toBe('');
  expect(Object.values(broken)).toEqual(Object.values(broken).map(() => 0));
  expect(histories).toBe(300);
  expect(lostFacts).toBeGreaterThan(50);
  expect(rescued).toBeGreaterThan(30);
  expect(chunks).toBeGreaterThan(1000);
  expect(markers).toBeGreaterThan(100);
  // A function that never ran was never tested.
  expect(Object.keys(runs).sort()).toEqual([...simulatedFunctions].sort());
  // Nor was a fact that was never told, or something that never came.
  expect(factDefinitions.map(({ type }) => type).filter((type) => told[type] === undefined)).toEqual([]);
  expect(everythingThatComes.filter((what) => (came[what] ?? 0) === 0)).toEqual([]);
}, 600_000);

it('is the same history each time, step by step', async () => {
  const policies = await simulatedPolicies();
  const roster = await readRoster(policies.first.policy);
  const play = async (seed: number) => {
    const { story, mails, facts, system } = await playSeed(seed, { policies, roster, storyLines: 100_000 });
    const tables = Object.values(system.tables).map(({ items }) => [...items.values()]);
    return JSON.stringify({ story, mails, facts, tables });
  };
  for (const seed of [7, 71, 180]) {
    const first = await play(seed);
    expect(first.length).toBeGreaterThan(10_000);
    expect(await play(seed)).toBe(first);
  }
});
