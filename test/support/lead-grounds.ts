import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLeadItems } from '../../shared/adapters/dynamo-lead-items.ts';
import type { LeadItems } from '../../shared/leads/log/lead-items.ts';
import { leadLog } from '../../shared/leads/log/lead-log.ts';
import type { LeadStore } from '../../shared/ports.ts';
import { laggingLeadItems } from '../../shared/simulation/lagging-lead-items.ts';
import { memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import { fullAt, memoryLeadItems } from '../../shared/simulation/memory-lead-items.ts';
import type { LeadHistory } from './lead-history.ts';
import type { LeadGround } from './lead-log-run.ts';
import { meteredDynamo } from './metered-dynamo.ts';
import type { Turns } from './turns.ts';

/** Another way to make a store of items, wrong ones for instance. */
export type MakeStore = (items: LeadItems, fullAt: number) => LeadStore;

const rightStore: MakeStore = (items, full) => leadLog(items, fullAt(full));

export const memoryGround = (
  history: LeadHistory,
  turns: Turns,
  random: () => number,
  makeStore: MakeStore = rightStore,
): LeadGround => {
  const items = laggingLeadItems(memoryLeadItems(memoryTable()), () => random() < history.staleRate);
  const inTurn = (who: number): LeadItems =>
    new Proxy(items, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function' || key === 'pause') return member;
        return (...parameters: unknown[]) => turns.call(who, async () => member.apply(target, parameters));
      },
    });
  return {
    store: (who) => makeStore(inTurn(who), history.fullAt),
    calm: rightStore(items, history.fullAt),
    items,
  };
};

export const dynamoGround = (history: LeadHistory, turns: Turns, random: () => number): LeadGround => {
  const client = meteredDynamo(undefined, { isStale: () => random() < history.staleRate, pageSize: 2 });
  const itemsOf = (through: DynamoDBClient): LeadItems => ({
    ...dynamoLeadItems(through, 'leads'),
    pause: async () => undefined,
  });
  const inTurn = (who: number): DynamoDBClient =>
    // The adapter only ever sends.
    ({
      send: (command: Parameters<DynamoDBClient['send']>[0]) => turns.call(who, () => client.send(command)),
    }) as unknown as DynamoDBClient;
  return {
    store: (who) => rightStore(itemsOf(inTurn(who)), history.fullAt),
    calm: rightStore(itemsOf(client), history.fullAt),
    items: itemsOf(client),
  };
};
