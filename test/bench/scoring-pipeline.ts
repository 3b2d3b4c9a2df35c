import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type LeadMessage, makeScoreLead } from '../../functions/score-lead/score-lead.ts';
import { dynamoLeadRecords } from '../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoLeadReader } from '../../shared/adapters/dynamo-leads.ts';
import { latest } from '../../shared/domain/time.ts';
import { makeResolveLead } from '../../shared/leads/resolve-lead.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import type { Delivery } from './mix.ts';

const keyedHash = {
  of: async (value: string) => createHash('sha256').update(value).digest('base64url').slice(0, 22),
};

/** score-lead with the adapters that it has on Lambda, on whatever `client` is: the one place that names the store. */
export const scoringPipeline = (client: DynamoDBClient, policy: PublishedPolicy, table = 'leads') => {
  let now = '';
  const leads = dynamoLeadStore(client, table);
  const records = dynamoLeadRecords(client, table);
  const scoreLead = makeScoreLead({
    leads,
    records,
    policy: { current: async () => policy },
    clock: { now: () => now },
    keyedHash,
    rawLog: { append: async () => undefined },
  });
  return {
    /** One batch. */
    async take(deliveries: readonly Delivery[]): Promise<void> {
      now = latest(now, ...deliveries.map(({ receivedAt }) => receivedAt));
      await scoreLead(deliveries.map(messageOf));
    },
    /** As other rooms see it. */
    async view(email: string, at: string) {
      const leadId = await makeResolveLead({ records, keyedHash })({ email });
      return dynamoLeadReader(client, table).view(leadId, policy, at);
    },
    async timeline(email: string) {
      const { state } = await leads.load(await makeResolveLead({ records, keyedHash })({ email }));
      return state?.timeline ?? [];
    },
  };
};

const messageOf = ({ detail, receivedAt }: Delivery): LeadMessage => ({
  type: 'EngagementRecorded',
  detail,
  receivedAt,
});
