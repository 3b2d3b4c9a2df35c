import { hourOf, isSurge } from '../../shared/domain/surge.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type { Clock, Metrics, MqlPace } from '../../shared/ports.ts';

export type SurgeBrakeDeps = Readonly<{
  clock: Clock;
  /** Absent: nobody counts, and nobody is held back. */
  brake?: Readonly<{ pace: MqlPace; metrics: Metrics }>;
}>;

/**
 * Holds MQLs by points back while far more of them come than usual. It counts after the lead was saved: a stop in between
 * leaves one out, for a copy that comes again is known.
 */
export const surgeBrake = ({ clock, brake }: SurgeBrakeDeps) => ({
  isOn: async (policy: Policy): Promise<boolean> =>
    brake !== undefined &&
    policy.surge !== undefined &&
    isSurge(await brake.pace.hours(), policy, clock.now()),
  async count(became: 'passed' | 'held'): Promise<void> {
    if (became === 'held') brake?.metrics.add('MqlHeldCount', 1);
    await brake?.pace.add(hourOf(clock.now()), became);
  },
});
