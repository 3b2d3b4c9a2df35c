import { Construct } from 'constructs';
import type { CapabilityProps } from './capability.ts';
import { Worker } from './worker.ts';

/** What happens to handoffs -> mails and alerts for reps and managers. */
export class Notices extends Construct {
  /** Takes managers' digests that have come due. */
  readonly notifySales: Worker;

  constructor(scope: Construct, id: string, { platform, tables, secrets, mail, api }: CapabilityProps) {
    super(scope, id);
    this.notifySales = new Worker(this, 'NotifySales', {
      platform,
      name: 'notify-sales',
      // A manager's breaches meet in one item: more at the same time only get in each other's way.
      maxConcurrency: 5,
      impact: 'Sales is not told: reps do not know of their leads, managers not of broken deadlines.',
    });
    const { function: notifySales } = this.notifySales;
    tables.notices.grantReadWriteTo(notifySales);
    tables.handoffs.grantReadTo(notifySales);
    tables.roster.grantReadTo(notifySales);
    tables.leads.grantReadTo(notifySales);
    tables.policy.grantReadTo(notifySales);
    secrets.grantLinkKeyTo(notifySales);
    mail.grantInternalTo(notifySales);
    api.tellUrlTo(notifySales);
    platform.alerts.grantPublishAlertsTo(notifySales);
    platform.monitoring.alarm(this, 'Breaches', {
      metric: notifySales.metric('HandoffBreaches', 'Sum'),
      threshold: { atLeast: platform.config.alarms.breachesInFiveMinutes },
      missing: 'fine',
      impact: 'Leads wait beyond their deadlines; their managers have been told one by one.',
      runbook: 'Sales breaks its deadlines',
    });
  }
}
