import type { Clock } from '../ports.ts';
import type { Draws } from './draws.ts';
import type { Faults } from './faults.ts';
import type { VirtualEvents } from './virtual-events.ts';

/** Where simulated instances run. */
export type FaultyGround = Readonly<{
  events: VirtualEvents;
  draws: Draws;
  clock: Clock;
  faults: () => Faults;
  /** Hears what goes wrong: ids and names only. */
  tell: (what: string) => void;
}>;

/** A call was refused, or its reply was lost: a use case cannot tell which. */
export class FaultyCallError extends Error {
  override readonly name = 'FaultyCallError';
}

/**
 * One call that leaves an instance, under faults. `stopsOnly`: its own answers say what else went wrong, and its client
 * never calls twice.
 */
export type FaultyCall = <R>(name: string, run: () => Promise<R>, stopsOnly?: 'stops-only') => Promise<R>;

/** One invocation of one function. */
export type FaultyInstance = Readonly<{
  /** As an invocation knows time: the same instant until it ends. */
  clock: Clock;
  call: FaultyCall;
  /** It is only slow, as what came often enough is to get through. */
  spared: boolean;
  /** The port, with all its methods under faults. */
  wrap<P extends object>(port: P, name: string): P;
  /** What came of it; `stopped`: it never got that far, and does nothing any more. */
  run<R>(
    work: () => Promise<R>,
  ): Promise<
    Readonly<{ type: 'done'; value: R } | { type: 'failed'; reason: unknown } | { type: 'stopped' }>
  >;
}>;

type Fate = 'stop-before' | 'stop-after' | 'throttled' | 'lost' | 'repeated' | 'well';

const fateOf = (draws: Draws, { stopBefore, stopAfter, throttled, lost, repeated }: Faults['call']): Fate => {
  if (draws.chance(stopBefore)) return 'stop-before';
  if (draws.chance(stopAfter)) return 'stop-after';
  if (draws.chance(throttled)) return 'throttled';
  if (draws.chance(lost)) return 'lost';
  return draws.chance(repeated) ? 'repeated' : 'well';
};

const quickMs = { least: 1, most: 40 };
const slowMs = { least: 500, most: 4000 };

/** An instance of a function. */
export const faultyInstance = (
  { events, draws, clock, faults, tell }: FaultyGround,
  { name, spared = false }: Readonly<{ name: string; spared?: boolean }>,
): FaultyInstance => {
  const startedAt = clock.now();
  let stopped = false;
  const stop = Promise.withResolvers<Readonly<{ type: 'stopped' }>>();
  const never = () => new Promise<never>(() => undefined);

  const halt = (call: string, when: string) => {
    stopped = true;
    tell(`${name} stops ${when} ${call}`);
    stop.resolve({ type: 'stopped' });
    return never();
  };

  const call: FaultyCall = async (called, run, stopsOnly) => {
    if (stopped) return never();
    const { call: chances } = faults();
    const { least, most } = draws.chance(chances.slow) ? slowMs : quickMs;
    await events.delay(draws.whole(least, most));
    if (stopped) return never();
    const drawn = spared ? 'well' : fateOf(draws, chances);
    return meet(stopsOnly !== undefined && !drawn.startsWith('stop') ? 'well' : drawn, called, run);
  };

  const meet = async <R>(fate: Fate, called: string, run: () => Promise<R>): Promise<R> => {
    if (fate === 'stop-before') return halt(called, 'before');
    if (fate === 'throttled') {
      tell(`${name} is throttled at ${called}`);
      throw new FaultyCallError(`${called} was throttled`);
    }
    const result = await run();
    if (fate === 'well') return result;
    if (fate === 'stop-after') return halt(called, 'after');
    tell(`${name} loses the reply of ${called}`);
    if (fate === 'repeated') return run();
    throw new FaultyCallError(`the reply of ${called} was lost`);
  };

  return {
    clock: { now: () => startedAt },
    call,
    spared,
    wrap: (port, portName) =>
      new Proxy(port, {
        get(target, key) {
          const member: unknown = Reflect.get(target, key);
          if (typeof member !== 'function') return member;
          if (key === 'pause') return member;
          return (...parameters: unknown[]) =>
            call(`${portName}.${String(key)}`, async () => member.apply(target, parameters));
        },
      }),
    async run(work) {
      const done = work().then(
        (value) => ({ type: 'done' as const, value }),
        (reason: unknown) => ({ type: 'failed' as const, reason }),
      );
      return Promise.race([done, stop.promise]);
    },
  };
};
