import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { dueShards } from '../../shared/adapters/due-shards.ts';
import { earliest, epochOf, type Instant, instantOf, MINUTE } from '../../shared/domain/time.ts';
import type { EmulatorConnection } from './emulator-connection.ts';
import { LocalStackError } from './local-stack-error.ts';
import { waitUntilQuiet } from './quiet.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type TravelOptions = Readonly<{
  emulator: EmulatorConnection;
  clock: VirtualClock;
  /** Names of the tables with a due index. */
  tables: readonly string[];
  /** Names of the functions. */
  tick: string;
  reconcile?: string;
  quietTimeoutMs?: number;
}>;

export type TimeTravel = Readonly<{
  /** The earliest time at which something is due, in the past if it has not been served; undefined: never. */
  nextDue(): Promise<Instant | undefined>;
  /**
   * Once all is quiet: goes to the minute in which the next thing is due (the tick comes by the minute),
   * ticks, and waits until all is quiet again. Returns the new time; undefined if nothing is due, or only
   * after `limit`.
   */
  jumpToNextDue(limit?: Instant): Promise<Instant | undefined>;
  /** Jumps from due time to due time, and at last to `instant`. */
  playUntil(instant: Instant, onJump?: (now: Instant) => void): Promise<void>;
}>;

const reconcileEvery = 5 * MINUTE;
/**
 * What one tick leaves due may be for the next, or for the reconciling in five minutes. What is due after
 * all that is stuck, and time travel would never come past it.
 */
const maxTicksForOneThing = 12;

export const timeTravel = (options: TravelOptions): TimeTravel => {
  const { emulator, clock, tables, tick, reconcile } = options;
  const dynamo = new DynamoDBClient(emulator.clientConfig);
  const lambda = new LambdaClient(emulator.clientConfig);
  let reconciledAt = clock.now();
  let served = { due: '', ticks: 0 };

  const quiet = () =>
    waitUntilQuiet({
      emulator,
      ...(options.quietTimeoutMs === undefined ? {} : { timeoutMs: options.quietTimeoutMs }),
    });

  const invoke = async (name: string): Promise<void> => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: name, Payload: scheduledEvent(clock.now()) }),
    );
    if (FunctionError !== undefined)
      throw new LocalStackError(
        `${name} failed: ${Buffer.from(Payload ?? [])
          .toString()
          .slice(0, 500)} See its log.`,
      );
  };

  const earliestIn = async (table: string, shard: string): Promise<Instant | undefined> => {
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'due',
        KeyConditionExpression: '#due = :shard',
        ExpressionAttributeNames: { '#due': 'due' },
        ExpressionAttributeValues: { ':shard': { S: shard } },
        Limit: 1,
      }),
    );
    return Items[0]?.dueAt?.S;
  };

  const nextDue = async (): Promise<Instant | undefined> =>
    earliest(
      await Promise.all(tables.flatMap((table) => dueShards.map((shard) => earliestIn(table, shard)))),
    );

  /** When the tick that serves what is due comes; a minute after the last, if that left it due. */
  const nextTick = (due: Instant): number =>
    Math.max(clock.now() + (served.due === due ? MINUTE : 0), Math.ceil(epochOf(due) / MINUTE) * MINUTE);

  const countTickFor = (due: Instant): void => {
    served = { due, ticks: served.due === due ? served.ticks + 1 : 1 };
    if (served.ticks > maxTicksForOneThing)
      throw new LocalStackError(
        `Something has been due since ${due} and ${maxTicksForOneThing} ticks did not serve it: look into the dead-letter queues and the logs of the functions.`,
      );
  };

  const jumpToNextDue = async (limit?: Instant): Promise<Instant | undefined> => {
    await quiet();
    const due = await nextDue();
    if (due === undefined) return undefined;
    const goal = nextTick(due);
    if (limit !== undefined && goal > epochOf(limit)) return undefined;
    countTickFor(due);
    clock.jumpTo(goal);
    await invoke(tick);
    await quiet();
    if (reconcile !== undefined && goal - reconciledAt >= reconcileEvery) {
      reconciledAt = goal;
      await invoke(reconcile);
      await quiet();
    }
    return instantOf(goal);
  };

  return {
    nextDue,
    jumpToNextDue,
    async playUntil(instant, onJump = () => {}) {
      for (;;) {
        const now = await jumpToNextDue(instant);
        if (now === undefined) break;
        onJump(now);
      }
      if (clock.now() < epochOf(instant)) clock.jumpTo(epochOf(instant));
    },
  };
};

/** As EventBridge sends it; only its time is of use to anybody. */
const scheduledEvent = (nowMs: number): string =>
  JSON.stringify({
    version: '0',
    id: crypto.randomUUID(),
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    time: instantOf(nowMs),
    resources: [],
    detail: {},
  });
