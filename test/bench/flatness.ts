import type { PublishedPolicy } from '../../shared/ports.ts';
import { type Call, meteredDynamo } from '../support/metered-dynamo.ts';
import { atMost, type Criterion, median, processorMs } from './criterion.ts';
import { type Delivery, mixOf } from './mix.ts';
import { scoringPipeline } from './scoring-pipeline.ts';

/** What one more event costs a lead with that history. */
export type Step = Readonly<{ history: number; writeUnits: number; readUnits: number; microseconds: number }>;

/** Short ones: most are over before memory is tidied up, which would be charged to whoever is measured then. */
const rounds = 41;
const perRound = 40;
/** Of another lead, until the code is as fast as it gets. */
const warmUps = 8000;
/** Flatness is counted from the first spill on. */
const baseHistory = 100;
/** Events that are counted after each history, of one lead or of several: what comes late is rare, and dear. */
const countedEvents = 2000;
const eventsADay = 100;

/** One more event, by the length of the lead's history: units, and work on the processor without the table's. */
export const measureFlatness = async (
  histories: readonly number[],
  policy: PublishedPolicy,
  onProgress: (message: string) => void,
): Promise<Readonly<{ criteria: readonly Criterion[]; steps: readonly Step[] }>> => {
  const units: Units[] = [];
  for (const history of histories) {
    onProgress(`units after ${history.toLocaleString('en')} events`);
    units.push(await unitsAfter(history, policy));
  }
  onProgress('work per event');
  const microseconds = await workAfter(histories, policy);
  const steps = histories.map((history, i) => ({
    history,
    ...units[i]!,
    microseconds: microseconds[i]!,
  }));
  const base = steps.find(({ history }) => history === baseHistory) ?? steps[0]!;
  const after = steps.filter(({ history }) => history >= baseHistory);
  const span = `history ${baseHistory} to ${after.at(-1)?.history.toLocaleString('en')}`;
  const flat = (what: string, of: (step: Step) => number) =>
    atMost(`flatness of ${what}`, Math.max(...after.map(of)) / of(base), 1.1, 'x', span);
  return {
    criteria: [
      flat('write units', (step) => step.writeUnits),
      flat('read units', (step) => step.readUnits),
      flat('work per event', (step) => step.microseconds),
    ],
    steps,
  };
};

type Units = Pick<Step, 'writeUnits' | 'readUnits'>;

/** A short history is one of several leads, so that as many events are counted before it is a long one. */
const unitsAfter = async (history: number, policy: PublishedPolicy): Promise<Units> => {
  const perLead = Math.min(countedEvents, Math.max(200, history));
  const calls: Call[] = [];
  for (let lead = 0; lead < countedEvents / perLead; lead++) {
    const mix = eventsOf(history + lead, history + perLead);
    let counts = false;
    const pipeline = await filled(mix.slice(0, history), policy, (call) => {
      if (counts && call.kind === 'lead') calls.push(call);
    });
    for (const delivery of mix.slice(history)) {
      counts = true;
      await pipeline.take([delivery]);
      counts = false;
      await pipeline.settle();
    }
  }
  return {
    writeUnits: calls.reduce((sum, { write }) => sum + write, 0) / countedEvents,
    readUnits: calls.reduce((sum, { read }) => sum + read, 0) / countedEvents,
  };
};

/** Medians of rounds in which the histories take turns, so that a busy neighbour troubles them alike. */
const workAfter = async (
  histories: readonly number[],
  policy: PublishedPolicy,
): Promise<readonly number[]> => {
  const leads = [];
  for (const history of histories) {
    const mix = eventsOf(history, history + rounds * perRound);
    leads.push({
      pipeline: await filled(mix.slice(0, history), policy),
      rest: chunks(mix.slice(history), perRound),
      times: [] as number[],
    });
  }
  const other = await filled([], policy);
  for (const delivery of eventsOf(0, warmUps)) await other.take([delivery]);
  for (let round = 0; round < rounds; round++)
    for (const { pipeline, rest, times } of leads) {
      const startedAt = processorMs();
      for (const delivery of rest[round] ?? []) await pipeline.take([delivery]);
      times.push(((processorMs() - startedAt) / perRound) * 1000);
      await pipeline.settle();
    }
  return leads.map(({ times }) => median(times));
};

/** Of one busy lead, each once. It does as much a day whatever its history is: only that differs. */
const eventsOf = (seed: number, count: number): readonly Delivery[] =>
  mixOf({ seed, leads: 0, hotEvents: count, hotDays: count / eventsADay }).filter(({ copy }) => !copy);

const filled = async (
  history: readonly Delivery[],
  policy: PublishedPolicy,
  onCall?: (call: Call) => void,
) => {
  const pipeline = scoringPipeline(meteredDynamo(onCall), policy);
  for (const batch of chunks(history, 100)) {
    await pipeline.take(batch);
    await pipeline.settle();
  }
  return pipeline;
};

const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
