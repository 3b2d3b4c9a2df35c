import { describe, expect, it } from 'vitest';
import { makeSendNurtureMail } from '../../../functions/send-nurture-mail/send-nurture-mail.ts';
import { DAY, HOUR, later, MINUTE } from '../../../shared/domain/time.ts';
import type { SendOutcome } from '../../../shared/ports.ts';
import { aLead, becameMql, granted, nurtureWorld, tuesday } from '../../support/nurture-world.ts';
import { aHandoff } from '../../support/sales.ts';

const enrolled = async (options: Parameters<typeof nurtureWorld>[0] = {}, consent = granted()) => {
  const world = nurtureWorld(options);
  await world.putAddress(consent);
  await world.enroll(becameMql());
  const [enrolment] = world.enrolments();
  return { world, id: enrolment!.id };
};

describe('send-nurture-mail', () => {
  it('sends each step once, in its time, and finishes', async () => {
    const { world } = await enrolled();
    await world.runUntil(later(tuesday, 30 * DAY));
    expect(world.mailer.attempts.map(({ mail }) => mail.tags.text)).toEqual([
      'guide',
      'proof',
      'invite-to-talk',
    ]);
    expect(world.facts('NurtureMailSent').map(({ step, at }) => [step, at])).toEqual([
      ['guide', later(tuesday, HOUR)],
      // 4 and 9 days later would be Saturday and Thursday.
      ['proof', '2026-11-30T08:30:00.000Z'],
      ['invite-to-talk', '2026-12-03T09:00:00.000Z'],
    ]);
    expect(world.enrolments()).toMatchObject([{ status: 'finished', outcomes: [{}, {}, {}] }]);
    expect((await world.mailbox())?.enrolments['mql-nurture']).toMatchObject({ active: false });
  });

  it('writes a whole mail, with one-click unsubscription and tags that SES takes', async () => {
    const { world, id } = await enrolled();
    world.wait(HOUR);
    expect(await world.send(id)).toBe('sent');
    const { mail } = world.mailer.attempts[0]!;
    expect(mail).toMatchObject({ stream: 'marketing', to: 'Johanna@customer.example' });
    expect(mail.headers?.['List-Unsubscribe']).toMatch(
      /^<https:\/\/baton\.example\/unsubscribe\?t=[\w.-]+>$/,
    );
    expect(mail.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(mail.text).toContain('Hello Johanna,');
    expect(mail.text).toContain('Commercial register Berlin HRB 12345');
    for (const [name, value] of Object.entries(mail.tags)) expect(`${name}${value}`).toMatch(/^[\w-]+$/);
  });

  it('never sends again what is unknown; after 72 hours it is counted and the campaign goes on', async () => {
    const { world, id } = await enrolled({ answer: (n) => (n === 0 ? { type: 'unknown' } : sent(n)) });
    world.wait(HOUR);
    expect(await world.send(id)).toBe('unknown');
    expect(await world.send(id)).toBe('nothing');
    world.wait(72 * HOUR - 1);
    expect(await world.send(id)).toBe('nothing');
    world.wait(1);
    expect(await world.send(id)).toBe('given-up');
    expect(world.metrics.values.get('MailOutcomeUnknown')).toEqual([1]);
    await world.runUntil(later(tuesday, 30 * DAY));
    expect(world.mailer.attempts.map(({ mail }) => mail.tags.text)).toEqual([
      'guide',
      'proof',
      'invite-to-talk',
    ]);
    expect(world.enrolments()[0]?.outcomes.map(({ outcome }) => outcome)).toEqual([
      'unknown',
      'sent',
      'sent',
    ]);
  });

  it.each<[SendOutcome, number]>([
    [{ type: 'throttled' }, MINUTE],
    [{ type: 'paused', code: 'AccountSuspendedException' }, 15 * MINUTE],
    [{ type: 'quota' }, HOUR],
  ])('gives the claim back after %o and tries again later', async (outcome, afterMs) => {
    const { world, id } = await enrolled({ answer: (n) => (n === 0 ? outcome : sent(n)) });
    world.wait(HOUR);
    expect(await world.send(id)).toBe('released');
    expect((await world.mailbox())?.marketingSends).toEqual([]);
    expect(world.dueAt(id)).toBe(later(world.now(), afterMs));
    expect(await world.send(id)).toBe('nothing');
    world.wait(afterMs);
    expect(await world.send(id)).toBe('sent');
    expect(world.facts('NurtureMailSent')).toHaveLength(1);
  });

  it('counts a refused mail as failed and goes on', async () => {
    const { world, id } = await enrolled({
      answer: (n) => (n === 0 ? { type: 'refused', code: 'X' } : sent(n)),
    });
    world.wait(HOUR);
    expect(await world.send(id)).toBe('failed');
    expect((await world.mailbox())?.marketingSends).toEqual([]);
    expect(world.facts('NurtureMailSkipped')).toMatchObject([{ step: 'guide', reason: 'failed' }]);
    expect(world.enrolments()[0]).toMatchObject({ status: 'waiting', step: 1 });
  });

  it('goes on without a mail whose text does not render', async () => {
    const { world, id } = await enrolled();
    const broken = {
      en: { ...world.policy.texts.guide!.en, html: '{{ nobody_knows }}' },
      de: world.policy.texts.guide!.de,
    };
    Object.assign(world.policy, { texts: { ...world.policy.texts, guide: broken } });
    world.wait(HOUR);
    expect(await world.send(id)).toBe('failed');
    expect(world.mailer.attempts).toEqual([]);
    expect((await world.mailbox())?.marketingSends).toEqual([]);
  });

  it('skips every step of a lead without an address', async () => {
    const world = nurtureWorld({ lead: aLead({ profile: {} }) });
    await world.enroll(becameMql());
    await world.runUntil(later(tuesday, 30 * DAY));
    expect(world.mailer.attempts).toEqual([]);
    expect(world.facts('NurtureMailSkipped').map(({ reason }) => reason)).toEqual([
      'no-address',
      'no-address',
      'no-address',
    ]);
    expect(world.enrolments()).toMatchObject([{ status: 'finished' }]);
  });

  it('ends at the claim if the lead became an SQL, though no fact told so', async () => {
    const { world, id } = await enrolled();
    world.leads.set('lead-1', aLead({ stage: 'sql' }));
    world.wait(HOUR);
    expect(await world.send(id)).toBe('left');
    expect(world.facts('NurtureExited')).toMatchObject([{ reason: 'stage:sql' }]);
    expect(world.dueAt(id)).toBeUndefined();
  });

  it('ends at the claim if a rep has got in touch, though no fact told so', async () => {
    const { world, id } = await enrolled();
    await world.putSales('handoff', 'h1', aHandoff({ id: 'h1', status: 'accepted', contactedAt: tuesday }));
    await world.putSales('lead-handoffs', 'lead-1', { current: 'h1', last: 'h1', heard: [] });
    world.wait(HOUR);
    expect(await world.send(id)).toBe('left');
    expect(world.facts('NurtureExited')).toMatchObject([{ reason: 'contacted' }]);
  });

  it('lets a mail that is on its way arrive before it ends', async () => {
    const world = nurtureWorld();
    await world.putAddress(granted());
    await world.enroll(becameMql());
    const [enrolment] = world.enrolments();
    world.wait(HOUR);
    const send = world.mailer.send;
    Object.assign(world.deps.mailer, {
      send: async (mail: Parameters<typeof send>[0]) => {
        world.leads.set('lead-1', aLead({ stage: 'sal' }));
        await world.enroll(becameMql({ factId: 'lead-lead-1#3#0', from: 'mql', to: 'sal' }));
        return send(mail);
      },
    });
    expect(await world.send(enrolment!.id)).toBe('sent');
    expect(world.enrolments().filter(({ campaign }) => campaign === 'mql-nurture')).toMatchObject([
      { status: 'exited', exitReason: 'stage:sal', outcomes: [{ outcome: 'sent' }] },
    ]);
    expect(world.facts('NurtureMailSent')).toHaveLength(1);
    expect(world.facts('NurtureExited')).toHaveLength(1);
    expect(world.dueAt(enrolment!.id)).toBeUndefined();
    expect((await world.mailbox())?.enrolments['mql-nurture']).toMatchObject({ active: false });
  });

  it('does not send to somebody who opts out between decision and claim', async () => {
    const { world, id } = await enrolled();
    world.wait(HOUR);
    const { seal } = world.tokens;
    const deps = {
      ...world.deps,
      tokens: {
        ...world.tokens,
        seal: async (...parameters: Parameters<typeof seal>) => {
          const token = await seal(...parameters);
          if (parameters[0] === 'unsubscribe') await world.links.unsubscribe(token);
          return token;
        },
      },
    };
    expect(await makeSendNurtureMail(deps)(id)).toBe('left');
    expect(world.mailer.attempts).toEqual([]);
    expect((await world.mailbox())?.marketingSends).toEqual([]);
  });

  it('sends once when two instances work on it at the same time', async () => {
    const { world, id } = await enrolled();
    world.wait(HOUR);
    const outcomes = await Promise.all([world.send(id), world.send(id), world.send(id)]);
    expect(outcomes.toSorted()).toEqual(['nothing', 'nothing', 'sent']);
    expect(world.mailer.attempts).toHaveLength(1);
  });

  it('knows nothing of an enrolment that does not exist', async () => {
    expect(await nurtureWorld().send('e-none')).toBe('nothing');
  });
});

const sent = (n: number): SendOutcome => ({ type: 'sent', messageId: `m-${n}` });
