import type { PlantedBug } from '../in-process/planted-bug.ts';
import { readRoster } from '../seed/read-roster.ts';
import { type PlayedSeed, type PlaySeedOptions, playSeed, type StoryLine } from './play-seed.ts';
import { type Broken, type PromiseName, promiseNames } from './promises/broken.ts';
import { brokenPromises } from './promises/broken-promises.ts';
import { simulatedPolicies } from './simulated-policy.ts';

/** A history that broke a promise, with what happened in it. */
export type FailedSeed = Readonly<{ seed: number; broken: readonly Broken[]; story: readonly StoryLine[] }>;

export type Simulation = Readonly<{
  firstSeed: number;
  histories: number;
  /** What came from outside, copies too. */
  events: number;
  facts: number;
  /** Moves and answers whose lost fact reconcile told again. */
  rescued: number;
  /** Facts that got lost between stream and bus. */
  lostFacts: number;
  mails: number;
  /** Writes that moved engagements away from their lead: stretches of them, and late ones. */
  chunks: number;
  markers: number;
  /** Promises that were broken, counted by name. */
  broken: Readonly<Record<PromiseName, number>>;
  /** How often each function ran. */
  runs: Readonly<Record<string, number>>;
  /** How often each fact was told; how many events, commands and changes of rosters and policies there were of each kind. */
  told: Readonly<Record<string, number>>;
  came: Readonly<Record<string, number>>;
  failed: readonly FailedSeed[];
}>;

export type SimulationOptions = Readonly<{
  seeds: number;
  firstSeed: number;
  /** No more are played after so many have failed. */
  failuresAtMost?: number;
  bug?: () => PlantedBug;
  onSeed?: (seed: number) => void;
}>;

const storyLines = 2000;

/** Plays one history for each seed, and asks whether every promise was kept. */
export const runSimulation = async ({
  seeds,
  firstSeed,
  failuresAtMost = 5,
  bug,
  onSeed,
}: SimulationOptions): Promise<Simulation> => {
  const policies = await simulatedPolicies();
  const roster = await readRoster(policies.first.policy);
  const world = { policies, roster, ...(bug === undefined ? {} : { bug }) };
  const counts = {
    histories: 0,
    events: 0,
    facts: 0,
    rescued: 0,
    lostFacts: 0,
    mails: 0,
    chunks: 0,
    markers: 0,
  };
  const broken = Object.fromEntries(promiseNames.map((name) => [name, 0])) as Record<PromiseName, number>;
  const runs: Record<string, number> = {};
  const told: Record<string, number> = {};
  const came: Record<string, number> = {};
  const count = (record: Record<string, number>, name: string, by = 1) => {
    record[name] = (record[name] ?? 0) + by;
  };
  const failed: FailedSeed[] = [];
  for (let seed = firstSeed; seed < firstSeed + seeds && failed.length < failuresAtMost; seed++) {
    onSeed?.(seed);
    const played = await playSeed(seed, world);
    counts.histories++;
    counts.events += [...played.came.values()].reduce((sum, times) => sum + times, 0);
    counts.facts += played.facts.length;
    counts.lostFacts += played.lostFacts.size;
    counts.mails += played.mails.length;
    counts.chunks += played.moved.chunk;
    counts.markers += played.moved.marker;
    count(came, 'MQL held in a surge', valuesOf(played, 'MqlHeldCount'));
    counts.rescued += valuesOf(played, 'RescueCount');
    for (const [name, times] of played.runs) count(runs, name, times);
    for (const { fact } of played.facts) count(told, fact.type);
    for (const [name, times] of played.came) count(came, name, times);
    const found = await brokenPromises(played);
    for (const { promise } of found) broken[promise]++;
    if (found.length > 0) failed.push({ seed, broken: found, story: await storyOf(seed, world) });
  }
  return { firstSeed, ...counts, broken, runs, told, came, failed };
};

const valuesOf = ({ system }: PlayedSeed, metric: string): number =>
  (system.ports.metrics.values.get(metric) ?? []).reduce((sum, value) => sum + value, 0);

/** The same history once more, with every step written down. */
const storyOf = async (seed: number, world: PlaySeedOptions): Promise<readonly StoryLine[]> =>
  (await playSeed(seed, { ...world, storyLines })).story;
