import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as v from 'valibot';
import type { ConnectionConfig } from '../environment-connection.ts';
import type { BusRule } from './judge-plumbing.ts';

/** Physical names of the stack's resources, by type. */
export type StackResources = Readonly<Record<string, readonly string[]>>;

export const readResources = async (config: ConnectionConfig, stackName: string): Promise<StackResources> => {
  const client = new CloudFormationClient(config);
  const byType: Record<string, string[]> = {};
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  ))
    for (const { ResourceType = '', PhysicalResourceId = '' } of StackResourceSummaries)
      byType[ResourceType] = [...(byType[ResourceType] ?? []), PhysicalResourceId];
  return byType;
};

export const readStackStatus = async (config: ConnectionConfig, stackName: string): Promise<string> => {
  const { Stacks } = await new CloudFormationClient(config).send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  return Stacks?.[0]?.StackStatus ?? 'unknown';
};

/** How many messages wait in each of the queues at `urls`; the names are the keys'. */
export const readMessages = async (
  config: ConnectionConfig,
  urls: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, number>>> => {
  const client = new SQSClient(config);
  const counts = Object.entries(urls).map(async ([name, QueueUrl]) => {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return [name, Number(Attributes?.ApproximateNumberOfMessages ?? 0)] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
};

const pattern = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ 'detail-type': v.optional(v.array(v.string()), []) }),
);

/** The rules of a bus; queues are named by the end of their ARN. */
export const readRules = async (config: ConnectionConfig, bus: string): Promise<readonly BusRule[]> => {
  const client = new EventBridgeClient(config);
  const rules: BusRule[] = [];
  let next: string | undefined;
  do {
    const { Rules = [], NextToken } = await client.send(
      new ListRulesCommand({ EventBusName: bus, ...(next === undefined ? {} : { NextToken: next }) }),
    );
    for (const { Name, State, EventPattern } of Rules) {
      const { Targets = [] } = await client.send(
        new ListTargetsByRuleCommand({ Rule: Name, EventBusName: bus }),
      );
      const read = v.safeParse(pattern, EventPattern);
      rules.push({
        enabled: State === 'ENABLED',
        types: read.success ? read.output['detail-type'] : [],
        queues: Targets.map(({ Arn = '' }) => Arn.split(':').at(-1) ?? ''),
      });
    }
    next = NextToken;
  } while (next !== undefined);
  return rules;
};

/** Of `rules`, those that run by the clock, with whether they are switched on. */
export const readTimers = async (
  config: ConnectionConfig,
  rules: readonly string[],
): Promise<Readonly<Record<string, boolean>>> => {
  const client = new EventBridgeClient(config);
  const timers: Record<string, boolean> = {};
  // Those of a bus of one's own are named `bus|rule`; timers are on the default bus.
  for (const Name of rules.filter((name) => !name.includes('|'))) {
    const { ScheduleExpression, State } = await client
      .send(new DescribeRuleCommand({ Name }))
      .catch(absent('ResourceNotFoundException'));
    if (ScheduleExpression !== undefined) timers[Name] = State === 'ENABLED';
  }
  return timers;
};

/** By name, whether it has a value in use; one that is to be deleted has none. */
export const readSecrets = async (
  config: ConnectionConfig,
  secrets: readonly string[],
): Promise<Readonly<Record<string, boolean>>> => {
  const client = new SecretsManagerClient(config);
  const read = secrets.map(async (SecretId) => {
    const {
      Name = SecretId,
      VersionIdsToStages = {},
      DeletedDate,
    } = await client.send(new DescribeSecretCommand({ SecretId })).catch(absent('ResourceNotFoundException'));
    const inUse = Object.values(VersionIdsToStages).some((stages) => stages.includes('AWSCURRENT'));
    return [Name, inUse && DeletedDate === undefined] as const;
  });
  return Object.fromEntries(await Promise.all(read));
};

/** How many Lambdas may run at once in this account and region. */
export const readConcurrency = async (config: ConnectionConfig): Promise<number> => {
  const { AccountLimit } = await new LambdaClient(config).send(new GetAccountSettingsCommand({}));
  return AccountLimit?.ConcurrentExecutions ?? 0;
};

/** What is not there has nothing to say. */
const absent =
  (name: string) =>
  (problem: unknown): Record<string, undefined> => {
    if (problem instanceof Error && problem.name === name) return {};
    throw problem;
  };
