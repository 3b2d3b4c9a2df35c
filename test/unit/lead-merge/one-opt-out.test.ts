import { beforeEach, expect, it } from 'vitest';
import { makeFollowConsentLink } from '../../../functions/change-consent/follow-consent-link.ts';
import { openTokens } from '../../../shared/simulation/open-tokens.ts';
import { day } from '../../support/scoring-world.ts';
import type { Wrap } from '../../support/spilling-leads.ts';
import { anna, bert, type TwoLeads, twoLeads } from '../../support/two-leads.ts';

let leads: TwoLeads;
beforeEach(async () => {
  leads = await twoLeads();
  for (const name of [anna, bert]) {
    const state = { marketing: 'granted' as const, changedAt: day(0), applied: [] };
    const id = await leads.addressOf(name);
    await leads.nurture.commit([{ kind: 'address', id, version: 0, state, facts: [] }]);
  }
});

const unsubscribe = async (leadId: string, name: { email: string }) => {
  const clock = { now: () => leads.time.now };
  const tokens = openTokens(clock);
  const links = makeFollowConsentLink({ nurture: leads.nurture, tokens, clock });
  const claims = { lead: leadId, address: await leads.addressOf(name), enrolment: 'e-1' };
  return links.unsubscribe(await tokens.seal('unsubscribe', claims));
};
const addressOf = async (name: { email: string }) =>
  (await leads.nurture.load('address', await leads.addressOf(name))).state;

it.each([
  ['the one that went', bert, 'bertId'],
  ['the one that stays', anna, 'annaId'],
] as const)('who opts out by a mail to %s gets none at either address', async (_, name, id) => {
  await leads.merge(4);
  await leads.finish();
  leads.time.now = day(5);
  expect(await unsubscribe(leads[id], name)).toBe('opted-out');
  expect(await addressOf(anna)).toMatchObject({ marketing: 'opted-out', changedAt: day(5) });
  expect(await addressOf(bert)).toMatchObject({ marketing: 'opted-out', changedAt: day(5) });
  const told = leads.tables.nurture.stream.filter(({ type }) => type === 'ConsentChanged');
  expect(told.map(({ leadId }) => leadId)).toEqual([leads.annaId, leads.annaId]);

  expect(await unsubscribe(leads[id], name)).toBe('opted-out');
  expect(leads.tables.nurture.stream).toHaveLength(told.length);
});

it('who was not merged opts out at their own address', async () => {
  await unsubscribe(leads.bertId, bert);
  expect(await addressOf(anna)).toMatchObject({ marketing: 'granted' });
  expect(await addressOf(bert)).toMatchObject({ marketing: 'opted-out' });
});

it('a merge that was decided when somebody opts out is decided again', async () => {
  await leads.merge(4);
  const fact = leads.tables.leads.stream.find(({ type }) => type === 'LeadMerged')!;
  let isFirst = true;
  const wrap: Wrap = (port) => {
    const { commit } = port as { commit?: (changes: readonly { kind: string }[]) => Promise<unknown> };
    if (commit === undefined) return port;
    return {
      ...port,
      async commit(changes: readonly { kind: string }[]) {
        if (isFirst && changes.some(({ kind }) => kind === 'mailbox')) {
          isFirst = false;
          await unsubscribe(leads.annaId, anna);
        }
        return commit(changes);
      },
    };
  };
  await leads.worker(wrap).hear(fact);
  expect(isFirst).toBe(false);
  expect(await addressOf(anna)).toMatchObject({ marketing: 'opted-out' });
  expect(await addressOf(bert)).toMatchObject({ marketing: 'opted-out' });
});
