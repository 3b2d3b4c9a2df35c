import type { LeadMessage } from '../../functions/score-lead/score-lead.ts';
import type { Enrolment, Mailbox } from '../../shared/domain/nurture.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import { publishedDefaultPolicy } from './default-policy.ts';
import { mergeCommand } from './merge-history.ts';
import { type MergeWorld, mergeWorld } from './merge-world.ts';
import {
  anEngagement,
  aProfileChange,
  day,
  engagementMessage,
  profileMessage,
  testKeyedHash,
} from './scoring-world.ts';

export const published = publishedDefaultPolicy({ zone: 'UTC' });

export const anna = { email: 'anna@acme.example' };
export const bert = { email: 'bert@acme.example' };
type Name = typeof anna;

/** Two leads: `anna` is the older one. */
export const twoLeads = async () => {
  const world = mergeWorld(published, { now: day(1) });
  const [annaId, bertId] = [await idOf(world, anna), await idOf(world, bert)];
  const worker = world.worker();
  let told = 0;

  const receive = async (at: string, ...messages: readonly LeadMessage[]) => {
    world.time.now = at;
    await world.worker().score(messages);
  };
  const did = (name: Name, kind: string, at: number, overrides = {}) =>
    receive(
      day(at),
      engagementMessage(
        anEngagement({ id: `${kind}-${at}`, lead: name, kind, occurredAt: day(at), ...overrides }),
        day(at),
      ),
    );
  const said = (name: Name, at: number, traits: Readonly<Record<string, string | number>>) =>
    receive(
      day(at),
      profileMessage(aProfileChange({ id: `said-${at}`, lead: name, occurredAt: day(at), traits }), day(at)),
    );
  /** Sales and journeys hear all that was told of leads since the last time. */
  const hear = async (only = (_: StampedFact) => true) => {
    const facts = world.tables.leads.stream.slice(told).filter(only);
    told = world.tables.leads.stream.length;
    for (const fact of facts) {
      if (fact.type === 'LeadStageChanged') await worker.openHandoff.stageChanged(fact);
      if (fact.type === 'LeadAskedToTalk') await worker.openHandoff.askedToTalk(fact);
      await worker.hear(fact);
    }
  };
  await did(anna, 'page-viewed', 0);
  await did(bert, 'page-viewed', 1);
  return {
    ...world,
    annaId,
    bertId,
    did,
    said,
    hear,
    /** An MQL with an open handoff, which its lead knows of. */
    async asks(name: Name, at: number, properties = {}) {
      await did(name, 'demo-requested', at, { properties });
      await hear();
      await confirm(world);
    },
    merge: async (at: number, id = 'm1') => {
      world.time.now = day(at);
      return world.worker().merge(mergeCommand(id, [annaId, bertId]));
    },
    /** All that follows a merge. */
    async finish() {
      await hear();
      await world.worker().due(bertId);
    },
    enrolled: async (leadId: string, campaign: string, overrides: Partial<Enrolment> = {}) =>
      enrol(world, leadId, campaign, overrides),
    addressOf: async (name: Name) => `${await testKeyedHash.of(name.email)}`,
  };
};
export type TwoLeads = Awaited<ReturnType<typeof twoLeads>>;

const idOf = (world: MergeWorld, name: Name) => world.leadIdOf(name);

const confirm = async (world: MergeWorld) => {
  for (const fact of world.tables.sales.stream)
    if (fact.type === 'HandoffOpened')
      await world.worker().advance({ type: 'HandoffOpened', detail: fact, receivedAt: world.time.now });
};

const enrol = async (world: MergeWorld, leadId: string, campaign: string, overrides: Partial<Enrolment>) => {
  const id = `e-${leadId}-${campaign}`;
  const enrolment: Enrolment = {
    id,
    leadId,
    campaign,
    enrolledAt: day(1),
    status: 'waiting',
    step: 0,
    nextAt: day(30),
    outcomes: [],
    about: {},
    ...overrides,
  };
  const mailbox = await world.nurture.load('mailbox', leadId);
  const before: Mailbox = mailbox.state ?? { marketingSends: [], enrolments: {} };
  const active = enrolment.status === 'waiting' || enrolment.status === 'claimed';
  await world.nurture.commit([
    {
      kind: 'enrolment',
      id,
      version: 0,
      state: enrolment,
      facts: [],
      ...(enrolment.nextAt && { dueAt: enrolment.nextAt }),
    },
    {
      kind: 'mailbox',
      id: leadId,
      version: mailbox.version,
      facts: [],
      state: { ...before, enrolments: { ...before.enrolments, [campaign]: { id, at: day(1), active } } },
    },
  ]);
  return id;
};
