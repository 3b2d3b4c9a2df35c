import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runbookHeadings } from '../../infra/constructs/monitoring.ts';
import { environmentNames } from '../../infra/environments.ts';
import { filledIn, type Resource, resourcesOf, templateOf } from './synthesize.ts';

const templates = Object.fromEntries(environmentNames.map((name) => [name, resourcesOf(templateOf(name))]));
const everywhere = environmentNames.map((name) => ({ name, resources: templates[name]! }));

const ofType = (resources: Record<string, Resource>, type: string) =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

describe.each(everywhere)('in $name', ({ name, resources }) => {
  const config = filledIn(name);
  const all = (type: string) => {
    const found = ofType(resources, type);
    // An invariant of nothing proves nothing.
    expect(found.length).toBeGreaterThan(0);
    return found;
  };

  it('every queue has a dead-letter queue or is one', () => {
    const deadLetters = new Set<string>();
    for (const [, { Properties }] of all('AWS::SQS::Queue'))
      if (Properties.RedrivePolicy) {
        expect(Properties.RedrivePolicy.maxReceiveCount).toBe(5);
        deadLetters.add(Properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]);
      }
    for (const [, { Properties }] of all('AWS::Events::Rule'))
      for (const { DeadLetterConfig } of Properties.Targets)
        deadLetters.add(DeadLetterConfig.Arn['Fn::GetAtt'][0]);
    for (const [id, { Properties }] of all('AWS::SQS::Queue'))
      expect(Properties.RedrivePolicy !== undefined || deadLetters.has(id), id).toBe(true);
  });

  it('a queue gives its function six times as long as it takes', () => {
    for (const [id, { Properties }] of all('AWS::Lambda::EventSourceMapping')) {
      const source = Properties.EventSourceArn['Fn::GetAtt'];
      if (source[1] === 'StreamArn') continue;
      const timeout = resources[Properties.FunctionName.Ref]!.Properties.Timeout;
      expect(resources[source[0]]!.Properties.VisibilityTimeout, id).toBe(6 * timeout);
    }
  });

  it('every event source reports which messages failed', () => {
    for (const [id, { Properties }] of all('AWS::Lambda::EventSourceMapping'))
      expect(Properties.FunctionResponseTypes, id).toEqual(['ReportBatchItemFailures']);
  });

  it('every stream tells only facts, gives up after hours, and keeps what it gave up on', () => {
    const streams = all('AWS::Lambda::EventSourceMapping').filter(
      ([, { Properties }]) => Properties.EventSourceArn['Fn::GetAtt'][1] === 'StreamArn',
    );
    expect(streams).toHaveLength(3);
    for (const [, { Properties }] of streams)
      expect(Properties).toMatchObject({
        FilterCriteria: {
          Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"facts":{"S":[{"exists":true}]}}}}' }],
        },
        BisectBatchOnFunctionError: true,
        MaximumRecordAgeInSeconds: 6 * 3600,
        DestinationConfig: {
          OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^InputLogs/), 'Arn'] } },
        },
      });
  });

  it('every function runs Node 24 on arm64, and writes a log that does not stay for ever', () => {
    for (const [id, { Properties }] of all('AWS::Lambda::Function')) {
      expect(Properties, id).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      const logGroup = resources[Properties.LoggingConfig.LogGroup.Ref];
      expect(logGroup?.Properties.RetentionInDays, id).toBe(config.logRetentionDays);
    }
  });

  it('every alarm tells somebody, what it means, where to look, and what silence means', () => {
    for (const [id, { Properties }] of all('AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions, id).toEqual([{ Ref: expect.stringMatching(/Alarms/) }]);
      expect(Properties.TreatMissingData, id).toMatch(/^(breaching|notBreaching)$/);
      const [, impact, heading] = /^(.{20,}[.]) README, run book: "(.+)"[.]$/.exec(
        Properties.AlarmDescription,
      )!;
      expect(impact, id).toBeDefined();
      expect(runbookHeadings, id).toContain(heading);
    }
  });

  it('every dead-letter queue, queue of a worker and stream has an alarm', () => {
    const watched = JSON.stringify(all('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties));
    for (const [id] of all('AWS::SQS::Queue')) expect(watched, id).toContain(`"${id}","QueueName"`);
    expect(watched).toContain('IteratorAge');
  });

  it('alarms operators when a handoff stays open, and when nobody looks', () => {
    const alarms = all('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    const ofMetric = (name: string) => alarms.filter(({ MetricName }) => MetricName === name);
    expect(ofMetric('OldestOpenHandoffAgeSeconds')).toMatchObject([
      {
        Namespace: 'Baton',
        Statistic: 'Maximum',
        Dimensions: [
          { Name: 'environment', Value: name },
          { Name: 'service', Value: 'tick' },
        ],
        Threshold: config.alarms.openHandoffDays * 24 * 3600,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Period: 300,
        EvaluationPeriods: 1,
        TreatMissingData: 'breaching',
      },
    ]);
    // The run that emits it is itself watched, by the minute.
    const ticks = ofMetric('Errors').filter(({ Period }) => Period === 60);
    expect(ticks).toMatchObject([{ EvaluationPeriods: 3, TreatMissingData: 'breaching' }]);
  });

  it('keeps data where it is to be kept', () => {
    for (const [id, { Properties, DeletionPolicy }] of all('AWS::DynamoDB::Table')) {
      expect(Properties.DeletionProtectionEnabled, id).toBe(config.keepData);
      expect(Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(config.keepData);
      expect(DeletionPolicy).toBe(config.keepData ? 'Retain' : 'Delete');
    }
    for (const type of ['AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::ApiGatewayV2::Api'])
      for (const [id, { DeletionPolicy }] of all(type))
        expect(DeletionPolicy, id).toBe(config.keepData ? 'Retain' : 'Delete');
  });

  it('encrypts what it keeps', () => {
    for (const [id, { Properties }] of all('AWS::SQS::Queue'))
      expect(Properties.SqsManagedSseEnabled, id).toBe(true);
    for (const [id, { Properties }] of all('AWS::SNS::Topic'))
      expect(Properties.KmsMasterKeyId, id).toEqual({ 'Fn::GetAtt': [expect.any(String), 'Arn'] });
    for (const [id, { Properties }] of all('AWS::S3::Bucket'))
      expect(Properties.BucketEncryption, id).toBeDefined();
    for (const [id, { Properties }] of all('AWS::KinesisFirehose::DeliveryStream'))
      expect(Properties.DeliveryStreamEncryptionConfigurationInput, id).toEqual({ KeyType: 'AWS_OWNED_CMK' });
    for (const [id, { Properties }] of all('AWS::SES::ConfigurationSet'))
      expect(Properties.DeliveryOptions.TlsPolicy, id).toBe('REQUIRE');
  });

  it('lets CloudWatch publish alarms, which a topic with a policy of its own does not do by itself', () => {
    const statements = all('AWS::SNS::TopicPolicy').flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow'),
    );
    expect(statements).toMatchObject([
      { Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } },
    ]);
  });

  it('lets other systems in by IAM, and only them', () => {
    const authorizations = all('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      /^[A-Z]+ \/api\//.test(Properties.RouteKey) ? 'api' : 'page',
      Properties.AuthorizationType,
    ]);
    expect(new Set(authorizations.map((pair) => pair.join(' ')))).toEqual(
      new Set(['api AWS_IAM', 'page NONE']),
    );
  });

  it('says whose each resource is', () => {
    const tagged = all('AWS::DynamoDB::Table').concat(all('AWS::SQS::Queue'), all('AWS::Lambda::Function'));
    for (const [id, { Properties }] of tagged)
      expect(Properties.Tags, id).toEqual(
        expect.arrayContaining([
          { Key: 'application', Value: 'baton' },
          { Key: 'environment', Value: name },
        ]),
      );
  });
});

it('gives no role more than resources that it names, but for what is written here', () => {
  const reasons: Record<string, string> = {
    'dynamodb:ListStreams on *': 'knows no single resource',
    'ses:GetAccount on *': 'knows no single resource',
    's3:PutObject on aws/lambda/*': 'Lambda names what it could not tell',
    's3:AbortMultipartUpload on raw/*': 'Firehose names what it writes',
    's3:PutObject on raw/*': 'Firehose names what it writes',
    's3:AbortMultipartUpload on rejected/*': 'Firehose names what it writes',
    's3:PutObject on rejected/*': 'Firehose names what it writes',
  };
  const found = new Set<string>();
  for (const [, { Properties }] of ofType(templates.prod!, 'AWS::IAM::Policy'))
    for (const { Action, Resource } of Properties.PolicyDocument.Statement)
      for (const action of [Action].flat()) {
        expect(action).not.toContain('*');
        for (const resource of [Resource].flat()) {
          const [wildcard] = /[^"/]*(\/?[a-z]+\/)*\*/.exec(JSON.stringify(resource)) ?? [];
          if (wildcard !== undefined) found.add(`${action} on ${wildcard.replace(/^\//, '')}`);
        }
      }
  expect([...found].sort()).toEqual(Object.keys(reasons).sort());
});

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
it.runIf(/^#+ Run book/m.test(readme)).each(runbookHeadings)(
  'the run book of the README has "%s"',
  (heading) => {
    expect(readme).toMatch(new RegExp(`^#+ ${heading}$`, 'm'));
  },
);

it('uses no managed policy', () => {
  for (const [id, { Properties }] of ofType(templates.prod!, 'AWS::IAM::Role'))
    expect(Properties.ManagedPolicyArns, id).toBeUndefined();
});

it('has at most three alarms per worker', () => {
  const counts = new Map<string, number>();
  for (const [, { Metadata }] of ofType(templates.prod!, 'AWS::CloudWatch::Alarm')) {
    const [, capability, worker] = Metadata!['aws:cdk:path']!.split('/');
    const key = `${capability}/${worker}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThan(10);
  for (const [worker, count] of counts) expect(count, worker).toBeLessThanOrEqual(3);
});

it('two environments of one account share no name', () => {
  // A policy's name is known to its role only.
  const names = ({ Type, Properties }: Resource) =>
    (Type === 'AWS::IAM::Policy' ? [] : ['Name', `${Type.split('::')[2]}Name`]).flatMap((key) => {
      const name = Properties[key];
      // The stage belongs to the API of its environment.
      return typeof name === 'string' && name !== '$default' ? [`${Type} ${name}`] : [];
    });
  const [dev, prod] = [templates.dev!, templates.prod!].map((all) => Object.values(all).flatMap(names));
  expect(dev).toEqual(['AWS::Events::EventBus baton-dev', 'AWS::ApiGatewayV2::Api baton-dev']);
  expect(prod).toEqual(['AWS::Events::EventBus baton-prod', 'AWS::ApiGatewayV2::Api baton-prod']);
});

it('environments differ in values only', () => {
  const kinds = (resources: Record<string, Resource>) =>
    Object.values(resources)
      .map(({ Type }) => Type)
      // Nobody subscribes on a laptop.
      .filter((type) => type !== 'AWS::SNS::Subscription')
      .sort();
  for (const { name, resources } of everywhere)
    expect(kinds(resources), name).toEqual(kinds(templates.prod!));
});
