import { memoryMetrics } from '../../../shared/simulation/memory-metrics.ts';
import { keptOutside } from '../in-process/kept-outside.ts';
import { inProcessSystem, type SystemOptions } from '../in-process/system.ts';

/** The metrics that the timers write although nothing happens: each costs, by name and function. */
export const idleMetrics = async (
  rules: Pick<SystemOptions<never>, 'policy' | 'roster' | 'startAt'>,
): Promise<readonly string[]> => {
  const metrics = memoryMetrics();
  const system = inProcessSystem({
    ...rules,
    outside: (clock) => ({ ...keptOutside(clock), metrics }),
    onFact: () => undefined,
  });
  await system.tick();
  await system.reconcile();
  return [...metrics.values.keys()];
};
