import type { PublishedPolicy } from '../../shared/ports.ts';
import { atMost, type Criterion, median, processorMs } from './criterion.ts';
import { type Call, meteredDynamo } from './metered-dynamo.ts';
import { type Delivery, mixOf } from './mix.ts';
import { scoringPipeline } from './scoring-pipeline.ts';

/** What one more event costs a lead with that history. */
export type Step = Readonly<{ history: number; writeUnits: number; readUnits: number; microseconds: number }>;

const rounds = 5;
const perRound = 40;
/** Flatness is counted from the first spill on. */
const baseHistory = 100;

/** One more event, by the length of the lead's history: units, and work on the processor without the table's. */
export const measureFlatness = async (
  histories: readonly number[],
  policy: PublishedPolicy,
  onProgress: (message: string) => void,
): Promise<Readonly<{ criteria: readonly Criterion[]; steps: readonly Step[] }>> => {
  // The first only warms up.
  await stepAt(baseHistory, policy);
  const steps: Step[] = [];
  for (const history of histories) {
    onProgress(`history of ${history} events`);
    steps.push(await stepAt(history, policy));
  }
  const base = steps.find(({ history }) => history === baseHistory) ?? steps[0]!;
  const after = steps.filter(({ history }) => history >= baseHistory);
  const growth = (of: (step: Step) => number) => Math.max(...after.map(of)) / of(base);
  const span = `history ${baseHistory} to ${after.at(-1)?.history.toLocaleString('en')}`;
  return {
    criteria: [
      atMost(
        'flatness of write units',
        growth((step) => step.writeUnits),
        1.1,
        'x',
        span,
      ),
      atMost(
        'flatness of read units',
        growth((step) => step.readUnits),
        1.1,
        'x',
        span,
      ),
      atMost(
        'flatness of work per event',
        growth((step) => step.microseconds),
        1.1,
        'x',
        span,
      ),
    ],
    steps,
  };
};

const stepAt = async (history: number, policy: PublishedPolicy): Promise<Step> => {
  const mix = mixOf({ seed: history, leads: 0, hotEvents: history + 2 * rounds * perRound }).filter(
    ({ copy }) => !copy,
  );
  const metered = mix.slice(history, history + rounds * perRound);
  const timed = mix.slice(history + rounds * perRound);

  const calls: Call[] = [];
  const counting = await filled(mix.slice(0, history), policy, (call) => calls.push(call));
  calls.length = 0;
  for (const delivery of metered) await counting.take([delivery]);
  const ofLead = calls.filter(({ kind }) => kind === 'lead');

  const quiet = await filled(mix.slice(0, history), policy);
  const times: number[] = [];
  // The first round warms up.
  for (const round of [metered.slice(0, perRound), ...chunks(timed, perRound)]) {
    const startedAt = processorMs();
    for (const delivery of round) await quiet.take([delivery]);
    times.push(((processorMs() - startedAt) / round.length) * 1000);
  }
  return {
    history,
    writeUnits: ofLead.reduce((sum, { write }) => sum + write, 0) / metered.length,
    readUnits: ofLead.reduce((sum, { read }) => sum + read, 0) / metered.length,
    microseconds: median(times.slice(1)),
  };
};

const filled = async (
  history: readonly Delivery[],
  policy: PublishedPolicy,
  onCall?: (call: Call) => void,
) => {
  const pipeline = scoringPipeline(meteredDynamo(onCall), policy);
  for (const batch of chunks(history, 100)) await pipeline.take(batch);
  return pipeline;
};

const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
