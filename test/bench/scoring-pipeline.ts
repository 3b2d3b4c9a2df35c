import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { makeAdvanceLead } from '../../functions/advance-lead/advance-lead.ts';
import { type LeadMessage, makeScoreLead } from '../../functions/score-lead/score-lead.ts';
import { dynamoLeadRecords } from '../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoLeadReader } from '../../shared/adapters/dynamo-leads.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import { latest } from '../../shared/domain/time.ts';
import { wholeSpan } from '../../shared/domain/timeline.ts';
import type { FactOf } from '../../shared/events/facts.ts';
import { makeResolveLead } from '../../shared/leads/resolve-lead.ts';
import type { LeadStore, PublishedPolicy } from '../../shared/ports.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { aHandoff } from '../support/handoffs.ts';
import type { Delivery } from './mix.ts';

const keyedHash = {
  of: async (value: string) => createHash('sha256').update(value).digest('base64url').slice(0, 22),
};

/** score-lead with the adapters that it has on Lambda, on whatever `client` is: the one place that names the store. */
export const scoringPipeline = (client: DynamoDBClient, policy: PublishedPolicy, table = 'leads') => {
  let now = '';
  const becameMql: FactOf<'LeadStageChanged'>[] = [];
  const leads = tellingOfMqls(dynamoLeadStore(client, table), (fact) => becameMql.push(fact));
  const records = dynamoLeadRecords(client, table);
  const policies = onePolicy(policy);
  const deps = {
    leads,
    records,
    policy: policies,
    clock: { now: () => now },
    keyedHash,
    rawLog: { append: async () => undefined },
  };
  const scoreLead = makeScoreLead(deps);
  return {
    /** One batch. */
    async take(deliveries: readonly Delivery[]): Promise<void> {
      now = latest(now, ...deliveries.map(({ receivedAt }) => receivedAt));
      await scoreLead(deliveries.map(messageOf));
    },
    /**
     * Whoever became an MQL has a handoff and knows it, as on a stack within a second or two: until then a lead keeps the
     * fact that said so. What that writes is not the work of score-lead.
     */
    async settle(): Promise<void> {
      for (const { factId, leadId, cause, at } of becameMql.splice(0)) {
        const handoffId = handoffIdOf(leadId, cause.id);
        const handoff = aHandoff({ policy: policy.policy }, { id: handoffId, leadId, cause, mqlAt: at });
        const handoffs = { load: async () => ({ state: handoff, version: 1 }) };
        // The only kind that is asked for.
        const advanceLead = makeAdvanceLead({ ...deps, handoffs: handoffs as never });
        await advanceLead.handoff({ factId, leadId, handoffId });
      }
    },
    /** As other rooms see it. */
    async view(email: string, at: string) {
      const leadId = await makeResolveLead({ records, keyedHash })({ email });
      return dynamoLeadReader(client, table, policies).view(leadId, policy, at);
    },
    async timeline(email: string) {
      const leadId = await makeResolveLead({ records, keyedHash })({ email });
      return leads.timeline(leadId, await leads.load(leadId), wholeSpan);
    },
  };
};

const tellingOfMqls = (leads: LeadStore, tell: (fact: FactOf<'LeadStageChanged'>) => void): LeadStore => ({
  ...leads,
  async save(leadId, loaded, next) {
    const outcome = await leads.save(leadId, loaded, next);
    if (outcome === 'saved')
      for (const fact of next.facts) if (fact.type === 'LeadStageChanged' && fact.to === 'mql') tell(fact);
    return outcome;
  },
});

const messageOf = ({ detail, receivedAt }: Delivery): LeadMessage => ({
  type: 'EngagementRecorded',
  detail,
  receivedAt,
});
