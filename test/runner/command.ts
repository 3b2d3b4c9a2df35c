import { join } from 'node:path';
import { execa } from 'execa';
import type { Outcome, Step } from './step.ts';

export const root = join(import.meta.dirname, '..', '..');

/** Some take any FORCE_COLOR, also 0, for a yes. */
const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined };

/** A program of the project, with what it printed. */
export const run = async (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => {
  const { exitCode, all } = await execa(program, args, {
    cwd: root,
    env: { ...env, ...colours },
    preferLocal: true,
    all: true,
    reject: false,
    stdin: 'ignore',
    killDescendants: true,
  });
  return { ok: exitCode === 0, output: all };
};

/** A check that passes or fails as a whole. */
export const check = (name: string, program: string, args: readonly string[]): Step => ({
  name,
  run: async (): Promise<Outcome> => {
    const { ok, output } = await run(program, args);
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output };
  },
});
