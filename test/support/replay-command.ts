import { vi } from 'vitest';
import { type ReplayCommand, replay } from '../../infra/cli/commands/replay.ts';

/** What the command prints, and how it ends. */
export const runReplayCommand = async (command: ReplayCommand) => {
  const printed: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const exitCode = await replay(command);
    return { exitCode, stdout: printed.join(''), stderr: told.mock.calls.flat().join('\n') };
  } finally {
    stdout.mockRestore();
    told.mockRestore();
  }
};
