import { Stack, Validations } from 'aws-cdk-lib';
import { ConfigurationSet, ConfigurationSetTlsPolicy, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { InferOutput } from 'valibot';
import type {
  internalMailEnv,
  mailEnv,
  marketingMailEnv,
  sendingShareEnv,
  serviceMailEnv,
} from '../../shared/runtime/environment.ts';
import type { EnvironmentConfig } from '../environments.ts';
import type { BatonFunction } from './baton-function.ts';

/**
 * Three streams of mail, each with a configuration set of its own, so that pausing marketing mutes no alert.
 * The identity of the sender is one of the account's: no environment makes or deletes it.
 */
export class MailStreams extends Construct {
  private readonly config: EnvironmentConfig;
  private readonly marketing: ConfigurationSet;
  private readonly service: ConfigurationSet;
  private readonly internal: ConfigurationSet;

  constructor(scope: Construct, id: string, config: EnvironmentConfig) {
    super(scope, id);
    this.config = config;
    const stream = (name: string) =>
      new ConfigurationSet(this, name, {
        reputationMetrics: true,
        tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
        ...(config.suppressionList
          ? { suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS }
          : { disableSuppressionList: true }),
      });
    this.marketing = stream('Marketing');
    this.service = stream('Service');
    this.internal = stream('Internal');
  }

  grantMarketingTo(fn: BatonFunction): void {
    const set = this.marketing.configurationSetName;
    const environment: InferOutput<typeof marketingMailEnv> = { MARKETING_CONFIGURATION_SET: set };
    this.allow(fn, set, environment);
  }

  grantServiceTo(fn: BatonFunction): void {
    const set = this.service.configurationSetName;
    const environment: InferOutput<typeof serviceMailEnv> = { SERVICE_CONFIGURATION_SET: set };
    this.allow(fn, set, environment);
  }

  grantInternalTo(fn: BatonFunction): void {
    const set = this.internal.configurationSetName;
    const environment: InferOutput<typeof internalMailEnv> = { INTERNAL_CONFIGURATION_SET: set };
    this.allow(fn, set, environment);
  }

  /** To ask for the account's rate, and which part of it is this environment's. */
  grantPacingTo(fn: BatonFunction): void {
    const environment: Record<keyof InferOutput<typeof sendingShareEnv>, string> = {
      SENDING_SHARE: String(this.config.sendingShare),
    };
    fn.allow({ actions: ['ses:GetAccount'], on: ['*'], environment });
    Validations.of(fn).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'ses:GetAccount knows no single resource.',
    });
  }

  private allow(fn: BatonFunction, set: string, environment: Readonly<Record<string, string>>): void {
    const { mail } = this.config;
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    const sender: Partial<InferOutput<typeof mailEnv>> = {
      MAIL_FROM: mail.from,
      MAIL_MODE: mail.mode,
      ...(mail.mode === 'live' ? {} : { MAIL_TO: mail.to }),
    };
    fn.allow({
      actions: ['ses:SendEmail'],
      on: [arn('identity', mail.identity), arn('configuration-set', set)],
      environment: { ...sender, ...environment },
    });
  }
}
