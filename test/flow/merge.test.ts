import { beforeEach, expect, it } from 'vitest';
import type { InboundEvent } from '../../infra/cli/inbound-event.ts';
import { mergeTwoLeads } from '../../infra/cli/lead/merge-leads.ts';
import { later, MINUTE } from '../../shared/domain/time.ts';
import type { FactType } from '../../shared/events/facts.ts';
import type { Message } from '../../shared/ports.ts';
import {
  aFlowSystem,
  type FlowSystem,
  factCounts,
  handoffsOf,
  leadsOf,
  linkIn,
  mailsTo,
  requestOf,
  startAt,
} from '../support/flow-system.ts';

const work = 'mary@harbour.example';
const home = 'mary.jones@mail.example';

const did = (id: string, kind: string, email: string, occurredAt = startAt): InboundEvent => ({
  type: 'EngagementRecorded',
  detail: { id, kind, occurredAt, lead: { email } },
});
const whoSheIs = (email: string): InboundEvent => ({
  type: 'ProfileChanged',
  detail: {
    id: `profile-${email}`,
    lead: { email },
    occurredAt: startAt,
    traits: { firstName: 'Mary', company: 'Harbour', employees: 120, industry: 'software', country: 'GB' },
  },
});

const lives = async (loses?: Parameters<typeof aFlowSystem>[0]) => {
  const system = aFlowSystem(loses);
  system.put(whoSheIs(work));
  system.put(whoSheIs(home));
  system.put(did('read', 'page-viewed', work));
  system.put(did('read', 'page-viewed', home));
  system.put(did('first', 'page-viewed', work, later(startAt, -MINUTE)));
  system.put(did('ask', 'demo-requested', home));
  await system.drain();
  const [older, younger] = await Promise.all([leadOf(system, work), leadOf(system, home)]);
  const queue = system.queueOf('advance-lead');
  /** Twice, as any message may come. */
  const merge = () =>
    mergeTwoLeads(
      { leadIds: [older, younger], by: 'olga', reason: 'one person' },
      {
        leads: {
          ...system.ports.leads,
          load: async (leadId) => {
            await system.drain();
            return system.ports.leads.load(leadId);
          },
        },
        commands: { send: (messages: readonly Message[]) => queue.send([...messages, ...messages]) },
        newId: () => 'n1',
        now: system.clock.now,
        sleep: async () => undefined,
      },
    );
  return { system, merge };
};

const leadOf = async ({ tables, ports }: FlowSystem, email: string): Promise<string> => {
  const hash = await ports.keyedHash.of(`email:${email}`);
  const identity = tables.leads.items.find('identity', `email#${hash}`);
  return (identity!.state as { leadId: string }).leadId;
};

let world: Awaited<ReturnType<typeof lives>>;
beforeEach(async () => {
  world = await lives();
});

const expectWhole = async ({ system }: typeof world, into: string, from: string) => {
  const [handoff, ...others] = handoffsOf(system);
  expect(others).toEqual([]);
  expect(handoff).toMatchObject({ leadId: into, status: 'open' });
  expect((await system.ports.leads.load(from)).dueAt).toBeUndefined();
  expect((await system.ports.leads.load(from)).state?.unconfirmed).toBeUndefined();
  expect((await system.ports.leads.load(into)).state).toMatchObject({ stage: 'mql', count: 3 });
  expect(factCounts(system)).toMatchObject({ LeadMerged: 1, HandoffMoved: 1, HandoffOpened: 1 });
  return handoff!;
};

it('two leads that are one person: the handoff goes on, and its rep brings the one that stays further', async () => {
  const { system, merge } = world;
  const { into = '', from = '', outcome } = await merge();
  expect(outcome).toBe('merged');
  await system.playUntil(later(startAt, 3 * MINUTE));
  const handoff = await expectWhole(world, into, from);

  // What she does under either name is hers.
  system.put(did('more', 'pricing-viewed', home));
  system.put(did('more', 'pricing-viewed', work));
  await system.drain();
  expect((await system.ports.leads.load(into)).state?.count).toBe(4);

  const [mail] = system.ports.mailer.delivered().filter(({ text }) => text.includes('/handoffs/answer'));
  const link = linkIn(mail, '/handoffs/answer');
  const page = system.pages['answer-handoff-page'];
  expect((await page(requestOf('POST', link, { answer: 'accept' }))).status).toBe(200);
  await system.playUntil(later(startAt, 20 * MINUTE));
  const { status } = handoffsOf(system)[0]!;
  expect({ status, stage: (await system.ports.leads.load(into)).state?.stage, id: handoff.id }).toEqual({
    status: 'accepted',
    stage: 'sal',
    id: handoff.id,
  });
  expect(leadsOf(system)).toHaveLength(2);
  expect(mailsTo(system, home).length + mailsTo(system, work).length).toBeGreaterThan(0);
  expect(system.deadLetters).toEqual([]);
});

it('a merge of which nobody hears is told again', async () => {
  const lost = new Set<FactType>(['LeadMerged']);
  const told = await lives(({ type }) => lost.delete(type));
  const { into = '', from = '' } = await told.merge();
  expect(handoffsOf(told.system)[0]?.leadId).toBe(from);
  await told.system.playUntil(later(startAt, 15 * MINUTE));
  await expectWhole(told, into, from);
});
