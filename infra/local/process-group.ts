import { setTimeout } from 'node:timers/promises';

/** Ends a process started with `detached: true` and all its descendants; first asks, then insists. */
export const endGroup = async (pid: number, ended: Promise<unknown>): Promise<void> => {
  signal(pid, 'SIGTERM');
  await Promise.race([ended, setTimeout(1_000)]);
  // Descendants may outlive their leader, and the group exists as long as one of them does.
  signal(pid, 'SIGKILL');
  await ended;
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};
