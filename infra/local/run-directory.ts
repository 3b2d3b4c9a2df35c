import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of one run of the emulator. */
export type RunDirectory = Readonly<{
  path: string;
  /** Where it unpacks its Lambdas. */
  temporary: string;
  logPath: string;
  /** Tells later runs whose folder this is. */
  claim(pid: number): Promise<void>;
  /** Removes it; `keepLog` for people to read until the next start. */
  remove(options: { keepLog: boolean }): Promise<void>;
}>;

/** Fresh, one for each port, and without those of runs that ended and were not stopped. */
export const createRunDirectory = async (directory: string, port: number): Promise<RunDirectory> => {
  const runs = join(directory, 'run');
  const path = join(runs, String(port));
  const temporary = join(path, 'tmp');
  await forgetDeadRuns(runs);
  await rm(path, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  // A package.json further up must not make ES modules of the Lambdas' scripts.
  await writeFile(join(temporary, 'package.json'), '{}');
  return {
    path,
    temporary,
    logPath: join(path, 'emulator.log'),
    claim: (pid) => writeFile(join(path, 'pid'), String(pid)),
    remove: ({ keepLog }) => rm(keepLog ? temporary : path, { recursive: true, force: true }),
  };
};

const forgetDeadRuns = async (runs: string): Promise<void> => {
  for (const run of await readdir(runs).catch(() => [])) {
    const pid = Number(await readFile(join(runs, run, 'pid'), 'utf8').catch(() => 'none yet'));
    if (pid > 0 && !isAlive(pid)) await rm(join(runs, run), { recursive: true, force: true });
  }
};

/** Whether a process of this machine runs. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
