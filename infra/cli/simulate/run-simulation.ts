import type { Roster } from '../../../shared/domain/roster.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import type { PlantedBug } from '../in-process/planted-bug.ts';
import { readRoster } from '../seed/read-roster.ts';
import { playSeed, type StoryLine } from './play-seed.ts';
import { type Broken, type PromiseName, promiseNames } from './promises/broken.ts';
import { brokenPromises } from './promises/broken-promises.ts';
import { simulatedPolicy } from './simulated-policy.ts';

/** A history that broke a promise, with what happened in it. */
export type FailedSeed = Readonly<{ seed: number; broken: readonly Broken[]; story: readonly StoryLine[] }>;

export type Simulation = Readonly<{
  firstSeed: number;
  histories: number;
  /** What producers sent, copies too. */
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
  const policy = await simulatedPolicy();
  const roster = await readRoster(policy.policy);
  const world = { policy, roster, ...(bug === undefined ? {} : { bug }) };
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
  const failed: FailedSeed[] = [];
  for (let seed = firstSeed; seed < firstSeed + seeds && failed.length < failuresAtMost; seed++) {
    onSeed?.(seed);
    const played = await playSeed(seed, world);
    counts.histories++;
    counts.events += played.eventCount;
    counts.facts += played.facts.length;
    counts.lostFacts += played.lostFacts.size;
    counts.mails += played.mails.length;
    counts.chunks += played.moved.chunk;
    counts.markers += played.moved.marker;
    const rescues = played.system.ports.metrics.values.get('RescueCount') ?? [];
    counts.rescued += rescues.reduce((sum, value) => sum + value, 0);
    for (const [name, count] of played.runs) runs[name] = (runs[name] ?? 0) + count;
    const found = await brokenPromises(played);
    for (const { promise } of found) broken[promise]++;
    if (found.length > 0) failed.push({ seed, broken: found, story: await storyOf(seed, world) });
  }
  return { firstSeed, ...counts, broken, runs, failed };
};

/** The same history once more, with every step written down. */
const storyOf = async (
  seed: number,
  world: Readonly<{ policy: PublishedPolicy; roster: Roster; bug?: () => PlantedBug }>,
): Promise<readonly StoryLine[]> => (await playSeed(seed, { ...world, storyLines })).story;
