import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import * as v from 'valibot';
import type { Roster } from '../../shared/domain/roster.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import { environments, stackNameOf } from '../environments.ts';
import type { ClientConfig } from '../local/emulator-connection.ts';
import { type LocalStack, startLocalStack } from '../local/local-stack.ts';
import type { TimeTravel } from '../local/time-travel.ts';
import { nextMondayMorning } from '../local/virtual-clock.ts';
import { type FactTap, openFactTap } from './fact-tap.ts';
import { seedEnvironment } from './seed/seed-environment.ts';

const root = join(import.meta.dirname, '..', '..');

const value = v.pipe(v.string(), v.minLength(1));
const outputsSchema = v.object({
  BusName: value,
  ApiId: value,
  LeadsTableName: value,
  HandoffsTableName: value,
  NurtureTableName: value,
  NoticesTableName: value,
  RosterTableName: value,
  PolicyTableName: value,
  InputLogBucketName: value,
  TickFunctionName: value,
  ReconcileFunctionName: value,
});

export type LocalPorts = Readonly<{ emulator?: number; mails?: number; api?: number }>;

/** Baton on this machine: deployed, with policy and roster, and with a tap on its facts. */
export type LocalEnvironment = Readonly<{
  stack: LocalStack;
  names: v.InferOutput<typeof outputsSchema>;
  policy: Policy;
  roster: Roster;
  dynamo: DynamoDBClient;
  events: EventBridgeClient;
  tap: FactTap;
  travel: TimeTravel;
  /** Virtual time. */
  now(): Instant;
  stop(): Promise<void>;
}>;

/**
 * Starts all of it on a Monday at 09:00, when people are at work.
 * @throws LocalStackError, or InvalidPolicyError; nothing is left behind then.
 */
export const startLocalEnvironment = async ({
  ports = {},
  onProgress = () => {},
}: Readonly<{ ports?: LocalPorts; onProgress?: (message: string) => void }>): Promise<LocalEnvironment> => {
  const stack = await startLocalStack({
    directory: join(root, '.baton'),
    ports,
    startAt: nextMondayMorning(Date.now()),
    app: ['node', join(root, 'infra', 'app.ts')],
    stackName: stackNameOf('local'),
    context: ({ api }) => ({ environment: 'local', publicBaseUrl: api }),
    apiId: ({ ApiId }) => ApiId,
    onProgress,
  });
  try {
    const names = v.parse(outputsSchema, stack.outputs);
    const dynamo = new DynamoDBClient(stack.clientConfig);
    const now = () => instantOf(stack.clock.now());
    onProgress('publishing the policy and the roster');
    const [seeded, tap] = await Promise.all([
      seedEnvironment(dynamo, names, { year: Number(now().slice(0, 4)) }),
      openFactTap(stack.clientConfig, names.BusName),
      knowSender(stack.clientConfig),
    ]);
    return {
      stack,
      names,
      ...seeded,
      dynamo,
      events: new EventBridgeClient(stack.clientConfig),
      tap,
      travel: stack.travel({
        tables: [
          names.LeadsTableName,
          names.HandoffsTableName,
          names.NurtureTableName,
          names.NoticesTableName,
        ],
        tick: names.TickFunctionName,
        reconcile: names.ReconcileFunctionName,
      }),
      now,
      stop: async () => {
        await tap.stop();
        await stack.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
};

/** Environments only refer to their sender; in an account of one's own it is made once, by hand. */
const knowSender = (config: ClientConfig) =>
  new SESv2Client(config).send(
    new CreateEmailIdentityCommand({ EmailIdentity: environments.local.mail.identity }),
  );
