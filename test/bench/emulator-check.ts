import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEmulator } from '../../infra/local/emulator.ts';
import type { ClientConfig } from '../../infra/local/emulator-connection.ts';
import { LocalStackError } from '../../infra/local/local-stack-error.ts';
import { startMailFront } from '../../infra/local/mail-front.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { type Call, meteredDynamo } from '../support/metered-dynamo.ts';
import { atLeast, type Criterion } from './criterion.ts';
import { type Delivery, mixOf } from './mix.ts';
import { scoringPipeline } from './scoring-pipeline.ts';

const table = 'bench-leads';

export type EmulatorCheck = Readonly<{ criteria: readonly Criterion[]; writes: number; units: number }>;

const name = 'writes of which ReturnConsumedCapacity says the same';

/**
 * The same deliveries on the emulator: of each call that writes, its `ReturnConsumedCapacity` must say what we counted.
 * Reads are not compared: of a query it says 1, whatever the size, where DynamoDB adds sizes up.
 */
export const checkAgainstEmulator = async (seed: number, policy: PublishedPolicy): Promise<EmulatorCheck> => {
  const deliveries = mixOf({ seed, leads: 12, hotEvents: 60 }).slice(0, 160);
  const ours: Call[] = [];
  await takeAll(
    meteredDynamo((call) => ours.push(call)),
    deliveries,
    policy,
  );
  const writes = ours.filter(({ write }) => write > 0);
  const units = writes.reduce((sum, { write }) => sum + write, 0);
  try {
    const theirs = await onEmulator((config) => callsOnEmulator(config, deliveries, policy));
    const same = ours.filter(({ write }, i) => write > 0 && write === theirs[i]).length;
    const comparable = theirs.length === ours.length ? '' : `of ${theirs.length} calls, not ${ours.length}`;
    return { criteria: [atLeast(name, same, writes.length, '', comparable)], writes: writes.length, units };
  } catch (error) {
    if (!(error instanceof LocalStackError)) throw error;
    return {
      criteria: [atLeast(name, 0, writes.length, '', error.message)],
      writes: writes.length,
      units,
    };
  }
};

const takeAll = async (client: DynamoDBClient, deliveries: readonly Delivery[], policy: PublishedPolicy) => {
  const pipeline = scoringPipeline(client, policy, table);
  for (const delivery of deliveries) await pipeline.take([delivery]);
};

const onEmulator = async <T>(use: (config: ClientConfig) => Promise<T>): Promise<T> => {
  const front = await startMailFront();
  try {
    const emulator = await startEmulator({
      directory: join(import.meta.dirname, '..', '..', '.baton'),
      mailFrontUrl: front.url,
      clockUrl: `${front.url}/clock`,
    });
    try {
      return await use(emulator.clientConfig);
    } finally {
      await emulator.stop();
    }
  } finally {
    await front.stop();
  }
};

/** What each call consumed, in their order. */
const callsOnEmulator = async (
  config: ClientConfig,
  deliveries: readonly Delivery[],
  policy: PublishedPolicy,
): Promise<readonly number[]> => {
  const client = new DynamoDBClient(config);
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
    }),
  );
  const consumed: number[] = [];
  const asking = {
    async send(command: Parameters<DynamoDBClient['send']>[0]) {
      Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
      const output = await client.send(command);
      const of = 'ConsumedCapacity' in output ? output.ConsumedCapacity : undefined;
      const all = Array.isArray(of) ? of : [of];
      consumed.push(all.reduce((units, one) => units + unitsOf(one), 0));
      return output;
    },
  };
  // The adapters only ever send.
  await takeAll(asking as unknown as DynamoDBClient, deliveries, policy);
  client.destroy();
  return consumed;
};

const unitsOf = (consumed: object | undefined): number =>
  consumed !== undefined && 'CapacityUnits' in consumed ? Number(consumed.CapacityUnits) : 0;
