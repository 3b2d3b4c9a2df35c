import * as v from 'valibot';
import type { EmulatorConnection } from './emulator-connection.ts';

const count = v.pipe(v.number(), v.minValue(0));

const activitySchema = v.object({
  /** Lambda invocations since the start. */
  invocations: count,
  /** Invocations that are running now, by function. */
  running: v.record(v.string(), count),
  /** Batches taken from queues and not finished. */
  batches: count,
  queues: v.array(
    v.object({
      name: v.string(),
      /** A Lambda takes from it. Dead-letter queues have none. */
      consumed: v.boolean(),
      visible: count,
      inFlight: count,
      delayed: count,
    }),
  ),
  streams: v.array(
    v.object({
      table: v.string(),
      function: v.string(),
      written: count,
      /** Records that the function has not taken, or takes again and again because it fails. */
      behind: v.number(),
      lastResult: v.string(),
    }),
  ),
});

/** How busy the emulator is, at one instant. */
export type Activity = v.InferOutput<typeof activitySchema>;

export const activityOf = async ({ request }: Pick<EmulatorConnection, 'request'>): Promise<Activity> => {
  const { body } = await request({ path: '/_baton/activity' });
  return v.parse(activitySchema, JSON.parse(body.toString()));
};

/** What is still to be done, in words; empty if nothing is. */
export const unfinished = ({ running, batches, queues, streams }: Activity): string[] => [
  ...Object.entries(running).map(([name, times]) => `${name} runs (${times})`),
  ...(batches > 0 && Object.keys(running).length === 0 ? [`${batches} batches`] : []),
  ...queues
    .filter(({ consumed, visible, inFlight, delayed }) => consumed && visible + inFlight + delayed > 0)
    .map(
      ({ name, visible, inFlight, delayed }) =>
        `queue ${name} (${visible} visible, ${inFlight} in flight, ${delayed} delayed)`,
    ),
  ...streams
    .filter(({ behind }) => behind > 0)
    .map(
      ({ table, function: name, behind, lastResult }) =>
        `stream of ${table} (${behind} not taken by ${name}, last result ${lastResult})`,
    ),
];
