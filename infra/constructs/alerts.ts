import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { InferOutput } from 'valibot';
import type { alertTopicEnv } from '../../shared/runtime/environment.ts';
import type { EnvironmentConfig } from '../environments.ts';
import type { BatonFunction } from './baton-function.ts';
import { output } from './output.ts';

/** Two topics: alerts tell managers about leads, alarms tell operators about the system. */
export class Alerts extends Construct {
  readonly alerts: Topic;
  readonly alarms: Topic;
  private readonly key: Key;

  constructor(scope: Construct, id: string, { managers, alarmEmail }: EnvironmentConfig) {
    super(scope, id);
    // A key of our own: CloudWatch cannot publish to a topic that is encrypted with aws/sns.
    this.key = new Key(this, 'Key', {
      description: 'Messages in the topics of Baton',
      enableKeyRotation: true,
      // Messages live for moments; no old one ever needs the key.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.alerts = this.topic('Alerts', managers);
    this.alarms = this.topic('Alarms', alarmEmail === undefined ? [] : [alarmEmail]);
    this.letCloudWatchPublishAlarms();
    output(this, 'AlertTopicArn', this.alerts.topicArn);
    output(this, 'AlarmTopicArn', this.alarms.topicArn);
  }

  grantPublishAlertsTo(fn: BatonFunction): void {
    const environment: InferOutput<typeof alertTopicEnv> = { ALERT_TOPIC_ARN: this.alerts.topicArn };
    fn.allow({ actions: ['sns:Publish'], on: [this.alerts.topicArn], environment });
    fn.allow({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], on: [this.key.keyArn] });
  }

  private topic(id: string, emails: readonly string[]): Topic {
    const topic = new Topic(this, id, { masterKey: this.key, enforceSSL: true });
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }

  private letCloudWatchPublishAlarms(): void {
    const cloudWatch = {
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    };
    const toUseTheKey = ['kms:Decrypt', 'kms:GenerateDataKey*'];
    this.key.addToResourcePolicy(
      new PolicyStatement({ ...cloudWatch, actions: toUseTheKey, resources: ['*'] }),
    );
    // A topic with a policy of its own has lost the default one, which let CloudWatch in.
    this.alarms.addToResourcePolicy(
      new PolicyStatement({ ...cloudWatch, actions: ['sns:Publish'], resources: [this.alarms.topicArn] }),
    );
  }
}
