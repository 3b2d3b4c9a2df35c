import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAggregates } from '../../../shared/adapters/dynamo-aggregates.ts';
import { dynamoLeadRecords } from '../../../shared/adapters/dynamo-lead-records.ts';
import { dynamoLeadStore } from '../../../shared/adapters/dynamo-lead-store.ts';
import {
  dynamoAccountReader,
  dynamoLeadEvidenceReader,
  dynamoLeadReader,
} from '../../../shared/adapters/dynamo-leads.ts';
import { handoffCodecs } from '../../../shared/adapters/handoff-codecs.ts';
import { journeysCodecs } from '../../../shared/adapters/journeys-codecs.ts';
import { noticesCodecs } from '../../../shared/adapters/notices-codecs.ts';
import { nurtureCodecs } from '../../../shared/adapters/nurture-codecs.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import { changeOf } from '../../../shared/commit.ts';
import type { Roster, RosterStates } from '../../../shared/domain/roster.ts';
import { epochOf, type Instant } from '../../../shared/domain/time.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { PublishedPolicy, RawLog } from '../../../shared/ports.ts';
import { inProcessWorkers, type RunMessage } from '../in-process/jobs.ts';
import { keptOutside } from '../in-process/kept-outside.ts';
import { inProcessQueues } from '../in-process/queues.ts';
import { memoryWorld } from '../in-process/world.ts';
import { countingDynamo, noUnits, type Units } from './counting-dynamo.ts';
import { sampleEvents } from './sample-events.ts';

/** What one worker did. */
export type WorkerCount = { messages: number; units: Units; firehoseBytes: number };

export type CountedRun = Readonly<{
  engagements: number;
  leads: number;
  /** What Baton put on the bus because of them. */
  facts: number;
  /** score-lead, for the engagements alone. */
  scoring: WorkerCount;
  /** The workers that listen to what Baton tells; score-lead is not among them. */
  following: ReadonlyMap<WorkerName, WorkerCount>;
  mails: number;
}>;

export type CountOptions = Readonly<{
  policy: PublishedPolicy;
  roster: Roster;
  startAt: Instant;
  leads: number;
  eventsPerLead: number;
}>;

/** What a queue hands out at a time. */
const batchSize = 10;

const nothing = (): WorkerCount => ({ messages: 0, units: noUnits(), firehoseBytes: 0 });

/**
 * Runs engagements through the workers and the adapters of DynamoDB, each alone with its lead, with clients that
 * count instead of calling. What comes due later (deadlines, steps of campaigns) is not played.
 */
export const countRun = async (options: CountOptions): Promise<CountedRun> => {
  const { policy, roster, startAt, leads, eventsPerLead } = options;
  const aside = nothing();
  const counts = new Map<WorkerName, WorkerCount>();
  let current = aside;
  const outbox: string[] = [];
  const client = countingDynamo(
    () => current.units,
    (facts) => outbox.push(facts),
    // The adapters only ever send.
  ) as unknown as DynamoDBClient;
  let lines: string[] = [];
  /** Leads of a batch go into one record, of which each begun 5 KB is billed. */
  const rawLog: RawLog = {
    async append(entries) {
      lines.push(...entries.map((entry) => `${JSON.stringify(entry)}\n`));
      if (lines.length < batchSize) return;
      current.firehoseBytes += Math.ceil(Buffer.byteLength(lines.join('')) / 5120) * 5120;
      lines = [];
    },
  };
  const world = memoryWorld({ startAt, policy, roster, outside: keptOutside });
  const rosters = dynamoAggregates<RosterStates>(client, rosterCodecs('roster'));
  await rosters.commit([changeOf('roster', 'current', { state: undefined, version: 0 }, { state: roster })]);
  const ports: typeof world.ports = {
    ...world.ports,
    leads: dynamoLeadStore(client, 'leads'),
    records: dynamoLeadRecords(client, 'leads'),
    leadReader: dynamoLeadReader(client, 'leads', world.ports.policy),
    leadEvidence: dynamoLeadEvidenceReader(client, 'leads', world.ports.policy),
    accounts: dynamoAccountReader(client, 'leads'),
    sales: dynamoAggregates(client, { ...handoffCodecs('handoffs'), ...rosterCodecs('roster') }),
    nurture: dynamoAggregates(client, nurtureCodecs('nurture')),
    notices: dynamoAggregates(client, noticesCodecs('notices')),
    journeys: dynamoAggregates(client, journeysCodecs('journeys')),
    rawLog,
  };
  let counting = false;
  const counted = ([name, run]: readonly [WorkerName, RunMessage]): readonly [WorkerName, RunMessage] => [
    name,
    async (event) => {
      const count = counts.get(name) ?? nothing();
      if (counting) counts.set(name, count);
      current = counting ? count : aside;
      current.messages += 1;
      await run(event);
    },
  ];
  // An object's keys are strings; these are its own.
  const workers = (Object.entries(inProcessWorkers({ ports })) as [WorkerName, RunMessage][]).map(counted);
  const { route, handle, deadLetters } = inProcessQueues(
    Object.fromEntries(workers) as Record<WorkerName, RunMessage>,
  );

  let facts = 0;
  const drain = async () => {
    for (let busy = true; busy; ) {
      busy = await handle();
      for (const text of outbox.splice(0))
        for (const { type, ...detail } of JSON.parse(text)) {
          busy = true;
          if (counting) facts += 1;
          route({ type, detail });
        }
    }
  };
  const { profiles, engagements } = sampleEvents(leads, eventsPerLead, epochOf(startAt));
  for (const profile of profiles) route(profile);
  await drain();
  counting = true;
  for (const { at, event } of engagements) {
    world.clock.moveTo(at);
    route(event);
    await drain();
  }
  const [failed] = deadLetters;
  if (failed !== undefined) throw failed.reason;
  const scoring = counts.get('score-lead') ?? nothing();
  counts.delete('score-lead');
  return {
    engagements: engagements.length,
    leads,
    facts,
    scoring,
    following: counts,
    mails: ports.mailer.attempts.length,
  };
};
