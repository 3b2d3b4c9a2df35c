import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Emulator } from './emulator.ts';
import { LocalStackError } from './local-stack-error.ts';
import { isAlive } from './run-directory.ts';

const fileName = 'connection.json';

const runningStackSchema = v.object({
  /** The process that started it. */
  pid: v.number(),
  endpoint: v.string(),
  region: v.string(),
  credentials: v.object({ accessKeyId: v.string(), secretAccessKey: v.string() }),
  /** A file with the certificate that the emulator shows, and the authorities that this machine trusts already. */
  certificateBundle: v.string(),
});

/** How other processes reach a local stack. */
export type RunningStack = Readonly<v.InferOutput<typeof runningStackSchema>>;

/** Lets other processes find this stack until it is stopped: the file goes with the run's folder. */
export const announceStack = async (emulator: Emulator): Promise<void> => {
  const { endpoint, region, clientConfig, environment, runDirectory } = emulator;
  const stack: RunningStack = {
    pid: process.pid,
    endpoint,
    region,
    credentials: clientConfig.credentials,
    certificateBundle: environment.NODE_EXTRA_CA_CERTS ?? '',
  };
  await writeFile(join(runDirectory, fileName), JSON.stringify(stack));
};

/**
 * The stack that was announced below `directory` (`.baton`); undefined if none was.
 * @throws LocalStackError if it ended without a word, or if there are several.
 */
export const findRunningStack = async (directory: string): Promise<RunningStack | undefined> => {
  const announced = await announcedBelow(join(directory, 'run'));
  const alive = announced.filter(({ pid }) => isAlive(pid));
  const [stack, another] = alive;
  if (another !== undefined)
    throw new LocalStackError(
      `Several local stacks run (processes ${alive.map(({ pid }) => pid).join(', ')}): stop all but one.`,
    );
  if (stack === undefined && announced.length > 0)
    throw new LocalStackError(
      'The local stack has ended and was not stopped: start it again with npm start.',
    );
  return stack;
};

const announcedBelow = async (runs: string): Promise<readonly RunningStack[]> => {
  // No folder: nothing was ever started here.
  const names = await readdir(runs).catch(() => []);
  const found = await Promise.all(
    names.map((run) => readFile(join(runs, run, fileName), 'utf8').catch(() => undefined)),
  );
  return found.flatMap((text) => (text === undefined ? [] : [v.parse(runningStackSchema, JSON.parse(text))]));
};
