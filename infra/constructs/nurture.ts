import { Construct } from 'constructs';
import type { CapabilityProps } from './capability.ts';
import { Worker } from './worker.ts';

/** Leads that are not yet with sales -> campaigns and their mails, as far as they consent. */
export class Nurture extends Construct {
  /** Takes steps of campaigns that have come due. */
  readonly sendNurtureMail: Worker;

  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    this.enrol(props);
    this.sendNurtureMail = this.sendMails(props);
    this.keepConsent(props);
  }

  private enrol({ platform, tables }: CapabilityProps): void {
    const { function: enrollNurture } = new Worker(this, 'EnrollNurture', {
      platform,
      name: 'enroll-nurture',
      impact: 'No lead starts or leaves a campaign; who asks gets no reply.',
    });
    tables.nurture.grantReadWriteTo(enrollNurture);
    tables.leads.grantReadTo(enrollNurture);
    tables.policy.grantReadTo(enrollNurture);
  }

  private sendMails({ platform, tables, secrets, mail, api }: CapabilityProps): Worker {
    const worker = new Worker(this, 'SendNurtureMail', {
      platform,
      name: 'send-nurture-mail',
      impact: 'No mail leaves for leads: neither campaigns nor replies to who asked.',
      // Each paces itself to half of the environment's rate: two at a time are the least that SQS offers.
      maxConcurrency: 2,
    });
    const send = worker.function;
    tables.nurture.grantReadWriteTo(send);
    tables.leads.grantReadTo(send);
    tables.handoffs.grantReadTo(send);
    tables.roster.grantReadTo(send);
    tables.policy.grantReadTo(send);
    secrets.grantConsentKeyTo(send);
    secrets.grantHashKeyTo(send);
    mail.grantMarketingTo(send);
    mail.grantServiceTo(send);
    mail.grantPacingTo(send);
    api.tellUrlTo(send);
    platform.monitoring.alarm(this, 'MailPaused', {
      metric: send.metric('MailPaused', 'Sum'),
      threshold: { atLeast: 1 },
      missing: 'fine',
      impact: 'SES refuses the account or the sender: no mail leaves for leads.',
      runbook: 'Mail does not leave',
    });
    return worker;
  }

  private keepConsent({ platform, tables, secrets, api }: CapabilityProps): void {
    const { function: changeConsent } = new Worker(this, 'ChangeConsent', {
      platform,
      name: 'change-consent',
      impact: 'Consent that leads gave is not kept: they get no mail.',
    });
    tables.nurture.grantReadWriteTo(changeConsent);
    tables.leads.grantReadTo(changeConsent);
    tables.policy.grantReadTo(changeConsent);
    secrets.grantHashKeyTo(changeConsent);
    const page = api.page(this, 'change-consent-page', ['/consent/confirm', '/unsubscribe']);
    tables.nurture.grantReadWriteTo(page);
    secrets.grantConsentKeyTo(page);
  }
}
