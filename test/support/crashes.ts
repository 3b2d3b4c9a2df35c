/** A stop right before or right after one call of a port; everything else works. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export type CrashPoint = Readonly<{ call: number; when: 'before' | 'after' }>;

/**
 * Wraps ports so that their `call`th call together (counted from 0) crashes; every call from then on does too, as long
 * as `stopped`, because a process that has stopped does nothing more.
 */
export const crashing = (point: CrashPoint | undefined) => {
  let calls = 0;
  let stopped = false;

  const call = (run: () => unknown): unknown => {
    if (stopped) throw new Crash('stopped');
    if (point?.call !== calls++) return run();
    stopped = true;
    if (point.when === 'before') throw new Crash('before');
    const result = run();
    if (!(result instanceof Promise)) throw new Crash('after');
    return result.then(() => {
      throw new Crash('after');
    });
  };

  const wrap = <P extends object>(port: P): P =>
    new Proxy(port, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        // Several calls may be made at once: each fails on its own.
        return async (...parameters: unknown[]) => call(() => member.apply(target, parameters));
      },
    });
  return { wrap, calls: () => calls };
};
