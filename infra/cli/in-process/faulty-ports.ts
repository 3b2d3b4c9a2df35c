import { accountReader, leadEvidenceReader, leadReader } from '../../../shared/leads/lead-reader.ts';
import type { LeadItems } from '../../../shared/leads/log/lead-items.ts';
import { leadLog } from '../../../shared/leads/log/lead-log.ts';
import type { Mailer, PolicySource } from '../../../shared/ports.ts';
import type { FaultyInstance } from '../../../shared/simulation/faulty-instance.ts';
import type { Ports } from './jobs.ts';

/**
 * The ports of one instance: every call of them may fail it. Of the leads that is every call that reads or writes one of
 * their items, so that an instance may stop in the midst of a save. `bug`: put in on purpose, into these items.
 */
export const faultyPorts = (
  ports: Ports,
  { wrap, call, clock }: FaultyInstance,
  mailer: Mailer,
  policy: PolicySource,
  bug: (items: LeadItems) => LeadItems = (items) => items,
): Ports => {
  const leadItems = bug(wrap(ports.leadItems, 'lead items'));
  const leads = leadLog(leadItems, ports.isFull);
  const records = wrap(ports.records, 'records');
  return {
    ...ports,
    leadItems,
    leads,
    records,
    leadReader: leadReader({ leads, records, policies: policy }),
    leadEvidence: leadEvidenceReader({ leads, records, policies: policy }),
    accounts: accountReader({ records }),
    sales: wrap(ports.sales, 'sales'),
    nurture: wrap(ports.nurture, 'nurture'),
    notices: wrap(ports.notices, 'notices'),
    journeys: wrap(ports.journeys, 'journeys'),
    rejected: wrap(ports.rejected, 'rejected'),
    rawLog: wrap(ports.rawLog, 'raw-log'),
    topic: wrap(ports.topic, 'topic'),
    policy,
    ...(ports.brake === undefined
      ? {}
      : { brake: { ...ports.brake, pace: wrap(ports.brake.pace, 'pace of MQLs') } }),
    mailer: { send: (mail) => call('mailer.send', () => mailer.send(mail), 'stops-only') },
    clock,
  };
};
