import { DAY, later } from '../../../shared/domain/time.ts';
import { type BadRow, readInput } from '../import/read-input.ts';
import { eventId, type InboundEvent } from '../inbound-event.ts';
import { localTime } from '../live/local-time.ts';
import { type LocalEnvironment, type LocalPorts, startLocalEnvironment } from '../local-environment.ts';
import { putEvents } from '../put-events.ts';
import { brokenPromises, type Expected } from './broken-promises.ts';
import { type Figures, figuresOf } from './figures.ts';
import { inputPlay, type Scene, storyPlay } from './plays.ts';
import { readSnapshot } from './read-snapshot.ts';
import type { Fed } from './snapshot.ts';
import { storyEvents } from './story.ts';
import { untidyOrder } from './untidy-order.ts';

export type DemoOptions = Readonly<{
  /** A CSV file or a folder of them; absent: the story that ships. */
  input?: string;
  limit?: number;
  ports?: LocalPorts;
  onProgress: (message: string) => void;
}>;

export type DemoResult = Readonly<{
  figures: Figures;
  broken: readonly string[];
  badRows: readonly BadRow[];
}>;

const playedMs = 10 * DAY;

/** Starts everything, plays ten days, reads everything back, stops everything. */
export const runDemo = async (options: DemoOptions): Promise<DemoResult> => {
  const startedAt = performance.now();
  const environment = await startLocalEnvironment({ ...portsOf(options), onProgress: options.onProgress });
  try {
    return await Promise.race([perform(options, environment, startedAt), environment.stack.emulator.died]);
  } finally {
    await environment.stop();
  }
};

const perform = async (
  options: DemoOptions,
  environment: LocalEnvironment,
  startedAt: number,
): Promise<DemoResult> => {
  const { onProgress } = options;
  const cast = await castOf(options, environment);
  const fed = await feed(environment, cast, onProgress);
  await play(environment, cast.play, onProgress);
  onProgress('reading everything back');
  const snapshot = await readSnapshot(environment);
  const { tiers } = environment.policy.sla;
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const figures = figuresOf({ fed, snapshot, tiers, seconds });
  const expected: Expected = {
    marketing: options.input === undefined ? 'both-languages' : 'none',
    breachTier: tiers.find((tier) => tier.do === 'breach')?.name ?? '',
  };
  return { figures, broken: brokenPromises(figures, snapshot, fed, expected), badRows: cast.badRows };
};

const portsOf = ({ ports }: DemoOptions) => (ports === undefined ? {} : { ports });

type Cast = Readonly<{
  engagements: readonly InboundEvent[];
  /** What else is known of the leads while they act. */
  profiles: readonly InboundEvent[];
  /** What became of them, told once they are known. */
  outcomes: readonly InboundEvent[];
  rejected: readonly InboundEvent[];
  badRows: readonly BadRow[];
  play: readonly Scene[];
}>;

const castOf = async ({ input, limit }: DemoOptions, { now }: LocalEnvironment): Promise<Cast> => {
  if (input === undefined) return { ...storyEvents(now()), outcomes: [], badRows: [], play: storyPlay };
  const read = await readInput(input, { now: now(), ...(limit === undefined ? {} : { limit }) });
  const { engagements, others, badRows } = read;
  return {
    engagements,
    profiles: others.filter(({ type }) => type !== 'DealChanged'),
    outcomes: others.filter(({ type }) => type === 'DealChanged'),
    rejected: [],
    badRows,
    play: inputPlay,
  };
};

/** Every event twice, a part out of order. */
const feed = async (
  { events, names, stack }: LocalEnvironment,
  { engagements, profiles, outcomes, rejected }: Cast,
  onProgress: (message: string) => void,
): Promise<Fed> => {
  const copies = untidyOrder([...profiles, ...engagements, ...rejected]);
  await putEvents(events, names.BusName, copies, (sent) =>
    onProgress(`sent ${sent} of ${copies.length} events (each twice, a part out of order)`),
  );
  await stack.waitUntilQuiet({ timeoutMs: 180_000 });
  if (outcomes.length > 0) {
    onProgress(`telling ${outcomes.length} deals`);
    await putEvents(events, names.BusName, untidyOrder(outcomes, 2));
    await stack.waitUntilQuiet({ timeoutMs: 180_000 });
  }
  return {
    sent: 2 * (engagements.length + rejected.length),
    distinct: new Set(engagements.flatMap((event) => eventId(event) ?? [])),
    rejectable: 2 * rejected.length,
  };
};

const play = async (
  environment: LocalEnvironment,
  scenes: readonly Scene[],
  onProgress: (message: string) => void,
): Promise<void> => {
  const start = environment.now();
  const show = (now: string) => onProgress(`playing ten days: ${localTime(now, environment.policy.zone)}`);
  for (const { afterMs, act } of scenes) {
    await environment.travel.playUntil(later(start, afterMs), show);
    await act(environment);
  }
  await environment.travel.playUntil(later(start, playedMs), show);
  await environment.stack.waitUntilQuiet();
};
