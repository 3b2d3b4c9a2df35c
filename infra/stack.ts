import { Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CapabilityProps } from './constructs/capability.ts';
import { Handoffs } from './constructs/handoffs.ts';
import { InputLogs } from './constructs/input-logs.ts';
import { Journeys } from './constructs/journeys.ts';
import { MailStreams } from './constructs/mail-streams.ts';
import { Notices } from './constructs/notices.ts';
import { Nurture } from './constructs/nurture.ts';
import { Operations } from './constructs/operations.ts';
import { Platform, type PlatformProps } from './constructs/platform.ts';
import { PublicApi } from './constructs/public-api.ts';
import { Roster } from './constructs/roster.ts';
import { Scoring } from './constructs/scoring.ts';
import { Secrets } from './constructs/secrets.ts';
import { Tables } from './constructs/tables.ts';
import { stackNameOf } from './environments.ts';

export type BatonStackProps = PlatformProps &
  Readonly<{
    /** Where links in mails lead, if not to the public host or the API itself. */
    publicBaseUrl?: string;
  }>;

/** One environment of Baton. Here things are only wired; what they are is said in their constructs. */
export class BatonStack extends Stack {
  constructor(scope: Construct, { environment, config, code, publicBaseUrl }: BatonStackProps) {
    super(scope, stackNameOf(environment), {
      description: `Baton: hands leads from marketing to sales (${environment})`,
      env: {
        account: config.account ?? process.env.CDK_DEFAULT_ACCOUNT,
        region: config.region ?? process.env.CDK_DEFAULT_REGION,
      },
      terminationProtection: config.terminationProtection,
    });
    const platform = new Platform(this, 'Platform', { environment, config, code });
    const props: CapabilityProps = {
      platform,
      tables: new Tables(this, 'Tables', config),
      secrets: new Secrets(this, 'Secrets', config),
      logs: new InputLogs(this, 'InputLogs', platform),
      mail: new MailStreams(this, 'MailStreams', config),
      api: new PublicApi(this, 'PublicApi', { platform, publicBaseUrl }),
    };
    const { advanceLead } = new Scoring(this, 'Scoring', props);
    const { watchSla } = new Handoffs(this, 'Handoffs', props);
    const { sendNurtureMail } = new Nurture(this, 'Nurture', props);
    const { notifySales } = new Notices(this, 'Notices', props);
    new Journeys(this, 'Journeys', props);
    new Roster(this, 'Roster', props);
    new Operations(this, 'Operations', {
      ...props,
      due: {
        LEADS_QUEUE_URL: advanceLead,
        HANDOFFS_QUEUE_URL: watchSla,
        NURTURE_QUEUE_URL: sendNurtureMail,
        NOTICES_QUEUE_URL: notifySales,
      },
    });
    Tags.of(this).add('application', 'baton');
    Tags.of(this).add('environment', environment);
  }
}
