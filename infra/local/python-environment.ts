import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { dockerInterpreter, hasDocker } from './docker-interpreter.ts';
import { LocalStackError } from './local-stack-error.ts';

/** emulator.py reaches into this version; another one may need another emulator.py. */
export const ministackVersion = '1.5.33';

/** How to run a Python script so that it finds ministack. */
export type Interpreter = Readonly<{
  command: string;
  /** `variables` are those that the script reads; they are in the command's own environment, too. */
  args(script: string, variables: Readonly<Record<string, string>>): readonly string[];
  /** Must be in the command's environment. */
  variables?: Readonly<Record<string, string>>;
}>;

const local = (python: string, variables: Readonly<Record<string, string>> = {}): Interpreter => ({
  command: python,
  args: (script) => [script],
  variables,
});

const image = `ministackorg/ministack:${ministackVersion}`;
const root = join(import.meta.dirname, '..', '..');

const remedy =
  'Install Python 3.10 or newer with its venv module (Debian, Ubuntu: apt install python3-venv), uv (https://docs.astral.sh/uv) or Docker, then start again.';

const succeeds = async (command: string, args: readonly string[]): Promise<boolean> =>
  (await execa(command, args, { reject: false, timeout: 20_000 })).exitCode === 0;

const run = (command: string, args: readonly string[]) =>
  execa(command, args, { all: true, timeout: 300_000 });

/**
 * Python with the emulator in it, installed below `directory` if it is not there yet: in a virtual environment, else with
 * uv, else with plain pip, else from its Docker image. Half an installation is never taken for a whole one.
 */
export const pythonEnvironment = async (
  directory: string,
  onProgress: (message: string) => void,
): Promise<Interpreter> => {
  const home = join(directory, `ministack-${ministackVersion}`);
  const found = environmentIn(home);
  if (found !== undefined) return found;
  onProgress(`installing the AWS emulator (ministack ${ministackVersion}), once`);
  const draft = `${home}.draft-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  if ((await install(draft)) === 'in-image') return dockerInterpreter(image, [root, directory]);
  // Virtual environments know their own path only in scripts that nobody calls here, so they can be moved.
  // Another process may have been faster: its installation is as good.
  await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }));
  const installed = environmentIn(home);
  if (installed === undefined)
    throw new LocalStackError(`The AWS emulator was installed into ${home} but is not there. ${remedy}`);
  return installed;
};

const environmentIn = (home: string): Interpreter | undefined => {
  const python = join(home, 'bin', 'python');
  if (existsSync(python)) return local(python);
  const packages = join(home, 'packages');
  return existsSync(packages) ? local('python3', { PYTHONPATH: packages }) : undefined;
};

const install = async (home: string): Promise<'in-home' | 'in-image'> => {
  const wanted = `ministack==${ministackVersion}`;
  try {
    if (
      await succeeds('python3', ['-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10)'])
    ) {
      await run('python3', ['-m', 'venv', home]);
      await run(join(home, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', wanted]);
    } else if (await succeeds('uv', ['--version'])) {
      await run('uv', ['venv', '--quiet', '--python', '>=3.10', home]);
      await run('uv', ['pip', 'install', '--quiet', '--python', join(home, 'bin', 'python'), wanted]);
    } else if (await succeeds('python3', ['-c', 'import sys, pip; assert sys.version_info >= (3, 10)'])) {
      await run('python3', ['-m', 'pip', 'install', '--quiet', '--target', join(home, 'packages'), wanted]);
    } else if (await hasDocker()) {
      await run('docker', ['pull', '--quiet', image]);
      return 'in-image';
    } else {
      throw new LocalStackError(`The local stack runs on an emulator that needs Python or Docker. ${remedy}`);
    }
    return 'in-home';
  } catch (error) {
    if (error instanceof LocalStackError) throw error;
    const reason = lastLine(error);
    throw new LocalStackError(
      `The AWS emulator ${wanted} could not be installed (${reason}): check the connection to PyPI (or set PIP_INDEX_URL to your mirror), or to Docker Hub.`,
      { cause: error },
    );
  }
};

const lastLine = (error: unknown): string => {
  const text = error instanceof Error && 'all' in error ? String(error.all) : String(error);
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? 'no reason given';
};
