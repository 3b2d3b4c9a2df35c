import { accountReader, leadReader } from '../../../shared/leads/lead-reader.ts';
import type { Mailer } from '../../../shared/ports.ts';
import type { FaultyInstance } from '../../../shared/simulation/faulty-instance.ts';
import type { Ports } from './jobs.ts';

/** The ports of one instance: every call of them may fail it. */
export const faultyPorts = (ports: Ports, { wrap, call, clock }: FaultyInstance, mailer: Mailer): Ports => {
  const leads = wrap(ports.leads, 'leads');
  const records = wrap(ports.records, 'records');
  return {
    ...ports,
    leads,
    records,
    leadReader: leadReader({ leads, records }),
    accounts: accountReader({ records }),
    sales: wrap(ports.sales, 'sales'),
    nurture: wrap(ports.nurture, 'nurture'),
    notices: wrap(ports.notices, 'notices'),
    journeys: wrap(ports.journeys, 'journeys'),
    rejected: wrap(ports.rejected, 'rejected'),
    rawLog: wrap(ports.rawLog, 'raw-log'),
    topic: wrap(ports.topic, 'topic'),
    mailer: { send: (mail) => call('mailer.send', () => mailer.send(mail), 'stops-only') },
    clock,
  };
};
