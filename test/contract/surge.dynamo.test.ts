import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoLeadHeads } from '../../shared/adapters/dynamo-lead-heads.ts';
import { dynamoLeadRecords } from '../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoMqlPace } from '../../shared/adapters/dynamo-mql-pace.ts';
import { dynamoHeldLeads, dynamoWaitingLeads } from '../../shared/adapters/dynamo-waiting-leads.ts';
import { hoursOfUse } from '../../shared/domain/surge.ts';
import type { LoadedLead } from '../../shared/ports.ts';
import { collect } from '../support/collect.ts';
import { emulatorEndpoint } from '../support/emulated-dynamo.ts';
import { plainLead } from '../support/plain-lead.ts';
import { aLead, aTimeline } from '../support/scoring-timelines.ts';
import { day } from '../support/scoring-world.ts';

describe.skipIf(emulatorEndpoint === undefined)('the leads table, around a surge', () => {
  let client: DynamoDBClient;
  const table = `surge-${crypto.randomUUID()}`;
  beforeAll(async () => {
    client = new DynamoDBClient();
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'due', 'dueAt'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [
              { AttributeName: 'due', KeyType: 'HASH' },
              { AttributeName: 'dueAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    );
  });
  afterAll(() => client?.destroy());

  it('counts by the hour, whoever counts, and forgets what is too old', async () => {
    const [one, other] = [dynamoMqlPace(client, table), dynamoMqlPace(client, table)];
    expect(await one.hours()).toEqual([]);
    await Promise.all([one.add(1000, 'passed'), other.add(1000, 'passed'), other.add(1000, 'held')]);
    await other.add(1001, 'held');
    const fresh = dynamoMqlPace(client, table);
    const counted = [
      { hour: 1000, passed: 2, held: 1 },
      { hour: 1001, passed: 0, held: 1 },
    ];
    expect((await fresh.hours()).toSorted((a, b) => a.hour - b.hour)).toEqual(counted);
    await fresh.add(1001 + hoursOfUse, 'passed');
    expect((await dynamoMqlPace(client, table).hours()).map(({ hour }) => hour).sort()).toEqual([
      1001,
      1001 + hoursOfUse,
    ]);
  });

  it('is read again after half a minute, and before that by who counts', async () => {
    let ms = 0;
    const one = dynamoMqlPace(client, table, () => ms);
    const before = await one.hours();
    await dynamoMqlPace(client, table).add(1180, 'held');
    ms = 29_999;
    expect(await one.hours()).toEqual(before);
    ms = 30_000;
    expect(await one.hours()).toContainEqual({ hour: 1180, passed: 0, held: 1 });
    await dynamoMqlPace(client, table).add(1180, 'held');
    await one.add(1180, 'held');
    expect(await one.hours()).toContainEqual({ hour: 1180, passed: 0, held: 3 });
  });

  it('finds each lead once, with what people judged of it, and nothing else', async () => {
    const leads = dynamoLeadStore(client, table);
    const timeline = aTimeline([0, 'page-viewed'], [1, 'pricing-viewed']);
    const waits = { by: 'interest', causeId: 'c', since: day(1) } as const;
    const stored = {
      plain: aLead({ count: 2 }),
      held: aLead({ wouldBeMql: { ...waits, held: 'surge' } }),
      history: aLead({ wouldBeMql: waits }),
      judged: aLead({
        verdicts: [
          { id: 'v', engagementId: timeline[0]!.id, verdict: 'void', sequence: 1, by: 'anna', reason: 'so' },
        ],
      }),
    };
    for (const [id, state] of Object.entries(stored))
      await leads.save(id, await leads.load(id), {
        state,
        facts: [],
        entries: id === 'plain' ? timeline : [],
      });
    await dynamoLeadRecords(client, table).commit([
      { kind: 'profile', id: 'plain', version: 0, state: {}, facts: [] },
    ]);
    await client.send(
      new PutItemCommand({ TableName: table, Item: { pk: { S: 'lead#plain' }, sk: { S: 'C#x' } } }),
    );
    const found = (await collect(dynamoLeadHeads(client, table).pages())).flat();
    expect(found.map(({ leadId }) => leadId).sort()).toEqual(Object.keys(stored).sort());
    for (const { leadId, loaded } of found) {
      const again = await leads.load(leadId);
      expect(plainLoaded(loaded)).toEqual(plainLoaded(again));
    }
    expect(await collect(dynamoHeldLeads(client, table).ids())).toEqual(['held']);
    expect(await collect(dynamoWaitingLeads(client, table).ids())).toEqual(['history']);
  });
});

const plainLoaded = ({ state, log, ...rest }: LoadedLead) => ({
  ...rest,
  state: state && plainLead(state),
  recent: log.recent.all(),
});
