import { randomUUID } from 'node:crypto';
import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import type { LeadStore, Queue } from '../../../shared/ports.ts';
import type { EnvironmentConnection } from '../environment-connection.ts';
import { connectTarget } from '../import/connect-target.ts';
import type { Sleep } from '../import/work-off.ts';

/** What commands about one lead need of an environment. */
export type LeadWorld = Readonly<{
  leads: Pick<LeadStore, 'load' | 'timeline'>;
  /** The queue of advance-lead. */
  commands: Queue;
  newId: () => string;
  now: () => Instant;
  sleep?: Sleep;
}>;

export const connectLeads = async (connection: EnvironmentConnection): Promise<LeadWorld> => {
  const { leads, commands } = await connectTarget(connection);
  return {
    leads,
    commands,
    newId: randomUUID,
    now: () => instantOf(Date.now()),
  };
};
