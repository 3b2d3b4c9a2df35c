/**
 * Ends a process started with `detached: true` and all its descendants, at once: nothing here has a state
 * worth saving, and descendants may outlive a leader that is asked politely.
 */
export const endGroup = async (pid: number, ended: Promise<unknown>): Promise<void> => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
  await ended;
};
