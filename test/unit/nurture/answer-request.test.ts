import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { handoffIdOf } from '../../../shared/domain/handoff-id.ts';
import { HOUR, later, MINUTE } from '../../../shared/domain/time.ts';
import { aLead, askedToTalk, nurtureWorld, tuesday } from '../../support/nurture-world.ts';
import { aHandoff, aRoster } from '../../support/sales.ts';

const own = handoffIdOf('lead-1', 'e1');
const asked = { engagementId: 'e1', kind: 'demo-requested', occurredAt: tuesday, receivedAt: tuesday };
const hot = (overrides: Partial<Handoff> = {}) =>
  aHandoff({
    id: own,
    leadId: 'lead-1',
    priority: 'hot',
    holder: 'ron',
    asked: { engagementId: 'e1', kind: 'demo-requested', occurredAt: tuesday },
    plan: { firstContact: { dueAt: later(tuesday, HOUR), tiers: [] } },
    ...overrides,
  });

const world = async (handoff?: Handoff, lead = aLead({ asked })) => {
  const made = nurtureWorld({ lead });
  await made.putSales('roster', 'current', aRoster());
  if (handoff !== undefined) {
    await made.putSales('handoff', handoff.id, handoff);
    await made.putSales('lead-handoffs', 'lead-1', {
      last: handoff.id,
      heard: [],
      ...(handoff.status === 'closed' ? {} : { current: handoff.id }),
    });
  }
  await made.enroll(askedToTalk());
  return made;
};

const text = (made: Awaited<ReturnType<typeof world>>) =>
  made.mailer.attempts.map(({ mail }) => mail.text).join();

describe('the answer to a request', () => {
  it('names the rep and the promised time at once, and replies reach the rep', async () => {
    const made = await world(hot());
    expect(await made.tick()).toEqual(['sent']);
    expect(text(made)).toContain('You will hear from Ron Rep by Tuesday');
    expect(text(made)).toContain('10:00');
    expect(made.mailer.attempts[0]?.mail).toMatchObject({ stream: 'service', replyTo: 'ron@ours.example' });
    expect(made.mailer.attempts[0]?.mail.headers).toBeUndefined();
    expect(made.mailer.attempts[0]?.mail.html).not.toContain('/unsubscribe');
    expect((await made.mailbox())?.marketingSends).toEqual([]);
  });

  it('needs no consent, and comes at night', async () => {
    const made = await world(hot());
    made.at('2026-11-28T23:00:00.000Z');
    expect(await made.tick()).toEqual(['sent']);
    expect(text(made)).not.toContain('10:00');
  });

  it('names the day only where the promise is for days', async () => {
    const made = await world(
      hot({ priority: 'normal', plan: { firstContact: { dueAt: later(tuesday, 48 * HOUR), tiers: [] } } }),
    );
    await made.tick();
    expect(text(made)).toMatch(/by Thursday,? 26 November\./);
  });

  it('waits for the handoff, and then names', async () => {
    const made = await world();
    expect(await made.tick()).toEqual(['waits']);
    expect(await made.tick()).toEqual([]);
    made.wait(MINUTE);
    await made.putSales('handoff', own, hot());
    expect(await made.tick()).toEqual(['sent']);
    expect(text(made)).toContain('Ron Rep');
  });

  it('waits 15 minutes at most, and then names nobody', async () => {
    const made = await world();
    for (let minute = 0; minute < 15; minute++) {
      expect(await made.tick()).toEqual(['waits']);
      made.wait(MINUTE);
    }
    expect(await made.tick()).toEqual(['sent']);
    expect(text(made)).toContain('Somebody from our team will get in touch');
  });

  it.each([
    [
      'nobody is to take it',
      hot({
        status: 'closed',
        holder: undefined,
        outcome: { type: 'none', reason: 'self-serve', at: tuesday },
      }),
      aLead({ asked }),
    ],
    ['the lead is a customer', undefined, aLead({ asked, stage: 'customer' })],
    ['the lead is not served', undefined, aLead({ asked, unserved: true })],
  ])('does not wait if %s', async (_, handoff, lead) => {
    const made = await world(handoff, lead);
    expect(await made.tick()).toEqual(['sent']);
    expect(text(made)).toContain('we are looking after it');
  });

  it('waits a moment while the open handoff of an earlier cause is planned anew', async () => {
    const earlier = hot({ id: 'h-earlier', asked: undefined, priority: 'normal' });
    const made = await world(earlier);
    expect(await made.tick()).toEqual(['waits']);
    made.wait(MINUTE);
    await made.putSales('handoff', 'h-earlier', hot({ id: 'h-earlier' }));
    expect(await made.tick()).toEqual(['sent']);
    expect(text(made)).toContain('by Tuesday');
  });

  it('does not wait once sales has heard of the request, though nothing came of it', async () => {
    const made = await world(undefined, aLead({ asked, stage: 'sql' }));
    await made.putSales('lead-handoffs', 'lead-1', { last: 'h-closed', heard: ['e1'] });
    expect(await made.tick()).toEqual(['sent']);
  });

  it('names who has accepted an earlier handoff, and repeats no promise that was kept', async () => {
    const made = await world(
      hot({ id: 'h-earlier', asked: undefined, status: 'accepted', contactedAt: tuesday }),
    );
    expect(await made.tick()).toEqual(['sent']);
    expect(text(made)).toContain('Ron Rep will get in touch with you as soon as possible');
  });

  it('speaks German', async () => {
    const made = await world(hot(), aLead({ asked, locale: 'de', country: 'DE' }));
    await made.tick();
    expect(made.mailer.attempts[0]?.mail.subject).toBe('Ihre Anfrage ist angekommen');
    expect(text(made)).toContain('Guten Tag Johanna Weber,');
    expect(text(made)).toMatch(/Sie hören bis Dienstag, 24\. November, 11:00 Uhr von Ron Rep\./);
    expect(text(made)).toContain('Amtsgericht Berlin');
  });
});
