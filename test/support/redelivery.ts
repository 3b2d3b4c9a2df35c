import { Crash, type CrashPoint, crashing } from './crashes.ts';

/** Tries again with fresh ports until a try does not crash, as a queue would; each try takes the next crash point. */
export const redelivered = async <R>(
  points: CrashPoint[],
  attempt: (wrap: ReturnType<typeof crashing>['wrap']) => Promise<R>,
): Promise<R> => {
  for (;;) {
    try {
      return await attempt(crashing(points.pop()).wrap);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
};
