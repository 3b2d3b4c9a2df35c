import { join } from 'node:path';
import { startApiProxy } from './api-proxy.ts';
import { deployLocally, type StackOutputs } from './deploy.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import type { ClientConfig } from './emulator-connection.ts';
import { type MailFront, startMailFront } from './mail-front.ts';
import { type QuietOptions, waitUntilQuiet } from './quiet.ts';
import { type TimeTravel, type TravelOptions, timeTravel } from './time-travel.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type LocalStackOptions = Readonly<{
  /** A git-ignored folder: `.baton`. */
  directory: string;
  region?: string;
  /** Default: free ones. */
  ports?: Readonly<{ emulator?: number; mails?: number; api?: number }>;
  /** Epoch milliseconds, see `nextMondayMorning`. Default: now. */
  startAt?: number;
  /** The CDK app, program and arguments: `['node', 'infra/app.ts']`. */
  app: readonly [string, ...string[]];
  stackName: string;
  /** CDK context; the addresses that the stack must know are known by then. */
  context(urls: Readonly<{ api: string; mails: string }>): Readonly<Record<string, string>>;
  /** Which output names the HTTP API. */
  apiId(outputs: StackOutputs): string | undefined;
  onProgress?: (message: string) => void;
}>;

export type LocalStack = Readonly<{
  /** The HTTP API and its pages, plain HTTP. */
  apiUrl: string;
  /** The page with the mails. */
  mailsUrl: string;
  outputs: StackOutputs;
  emulator: Emulator;
  mailFront: MailFront;
  clock: VirtualClock;
  /** `new SQSClient(stack.clientConfig)` */
  clientConfig: ClientConfig;
  waitUntilQuiet(options?: Omit<QuietOptions, 'emulator'>): Promise<void>;
  travel(options: Omit<TravelOptions, 'emulator' | 'clock'>): TimeTravel;
  /** Leaves no process and no port. May be called twice. */
  stop(): Promise<void>;
}>;

/**
 * The template that goes to AWS, on this machine: emulator, mail front, virtual clock, API without
 * certificate warnings. SIGINT, SIGTERM, SIGHUP and the end of the npm that runs it end it and then the process, unless it was stopped before.
 * Throws LocalStackError, and leaves nothing behind then either.
 */
export const startLocalStack = async (options: LocalStackOptions): Promise<LocalStack> => {
  const { directory, ports = {}, onProgress = () => {} } = options;
  const cleanups: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= stopAll(cleanups);
    return stopped;
  };
  const releaseSignals = endOnSignals(stop);
  cleanups.push(async () => releaseSignals());
  try {
    const mailFront = await startMailFront(port(ports.mails));
    cleanups.push(mailFront.stop);
    if (options.startAt !== undefined) mailFront.clock.jumpTo(options.startAt);
    const emulator = await startEmulator({
      directory,
      ...port(ports.emulator),
      ...(options.region === undefined ? {} : { region: options.region }),
      mailFrontUrl: mailFront.url,
      clockUrl: `${mailFront.url}/clock`,
      onProgress,
    });
    cleanups.push(emulator.stop);
    mailFront.judgeWith(emulator);
    let apiId: string | undefined;
    const proxy = await startApiProxy({ ...port(ports.api), emulator, apiId: () => apiId });
    cleanups.push(proxy.stop);
    const outputs = await Promise.race([
      deployLocally({
        emulator,
        app: options.app,
        stackName: options.stackName,
        context: options.context({ api: proxy.url, mails: mailFront.url }),
        directory: join(emulator.runDirectory, 'deploy'),
        onProgress,
      }),
      emulator.died,
    ]);
    apiId = options.apiId(outputs);
    return {
      apiUrl: proxy.url,
      mailsUrl: mailFront.url,
      outputs,
      emulator,
      mailFront,
      clock: mailFront.clock,
      clientConfig: emulator.clientConfig,
      waitUntilQuiet: async (quiet = {}) => {
        await waitUntilQuiet({ ...quiet, emulator });
      },
      travel: (travelOptions) => timeTravel({ ...travelOptions, emulator, clock: mailFront.clock }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const port = (value: number | undefined): { port?: number } => (value === undefined ? {} : { port: value });

const stopAll = async (cleanups: (() => Promise<void>)[]): Promise<void> => {
  for (const cleanup of cleanups.reverse()) await cleanup();
};

/** 128 + number of the signal, as shells do. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const endOnSignals = (stop: () => Promise<void>): (() => void) => {
  const end = (signal: keyof typeof exitCodes) => {
    void stop().finally(() => process.exit(exitCodes[signal]));
  };
  const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, end);
  const orphaned = onceOrphaned(() => end('SIGHUP'));
  return () => {
    for (const signal of signals) process.off(signal, end);
    clearInterval(orphaned);
  };
};

/** npm that is killed does not always tell the script that it runs. */
const onceOrphaned = (act: () => void): NodeJS.Timeout | undefined => {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, 500);
  return watch.unref();
};
