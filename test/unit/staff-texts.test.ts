import { beforeAll, describe, expect, it } from 'vitest';
import { staffTexts } from '../../shared/domain/notice.ts';
import { type CompiledTexts, compileTexts } from '../../shared/emails/compile-texts.ts';
import { notifyWorld } from '../support/notify-world.ts';
import { aHandoff, aRoster } from '../support/sales.ts';
import {
  accepted,
  breached,
  escalated,
  opened,
  pulledBack,
  reassigned,
  reminded,
  repAlerted,
} from '../support/sales-facts.ts';

let texts: CompiledTexts;
beforeAll(async () => {
  texts = await compileTexts();
}, 60_000);

const inGerman = () => {
  const roster = aRoster();
  return { ...roster, people: roster.people.map((person) => ({ ...person, locale: 'de' as const })) };
};

const mailsAbout = async (roster = aRoster()) => {
  const world = notifyWorld({ texts, roster });
  await world.setUp();
  await world.notify(opened());
  await world.notify(reminded({ dueAt: '2026-11-23T12:15:00.000Z' }));
  await world.notify(breached({ priority: 'hot' }));
  await world.notify(breached({ factId: 'f-2' }));
  await world.notify(breached({ factId: 'f-3' }));
  await world.notify(escalated());
  await world.notify(pulledBack());
  await world.notify(repAlerted());
  await world.notify(repAlerted({ factId: 'f-sql', reason: 'sql' }));
  await world.notify(repAlerted({ factId: 'f-hot', reason: 'hot' }));
  await world.notify(repAlerted({ factId: 'f-owner', reason: 'customer', owner: true }));
  await world.put(aHandoff({ assignment: 2, holder: 'ron' }));
  await world.notify(reassigned());
  world.clock.at = '2026-11-23T12:15:00.000Z';
  await world.tellDigest('mia');
  await world.put(aHandoff({ status: 'accepted', holder: 'ron' }));
  await world.notify(accepted());
  return world.mails.map((mail) => ({ ...mail, name: mail.tags.text }));
};

describe('texts to staff', () => {
  it('all render in both languages, with nothing left open', async () => {
    const mails = [...(await mailsAbout()), ...(await mailsAbout(inGerman()))];
    expect(new Set(mails.map(({ name }) => name))).toEqual(new Set(staffTexts));
    for (const { subject, text, html } of mails)
      for (const part of [subject, text, html])
        expect(part).not.toMatch(/\{[{%]|undefined|\bnull\b|\[object/);
  });

  it('offer what a rep needs to decide: why now, three reasons, answers, deadline in local time, two links', async () => {
    const offer = (await mailsAbout()).find(({ name }) => name === 'handoff-offered');
    expect(offer?.subject).toBe('Johanna Weber, Weber & Söhne wartet auf Ihre Antwort');
    expect(offer?.text).toContain('Möchte sprechen: Demo angefragt');
    expect(offer?.text).toContain('+40 Demo angefragt');
    expect(offer?.text).toContain('-5 Abgemeldet');
    expect(offer?.text).not.toContain('Besuch');
    expect(offer?.text).toContain('Leads get lost <b>often</b>');
    expect(offer?.html).toContain('Leads get lost &lt;b&gt;often&lt;/b&gt;');
    // 10:00 UTC in Berlin.
    expect(offer?.text).toContain('11:00 (Berlin)');
    expect(offer?.html.match(/href="https:\/\/baton\.example\/handoffs\/answer/g)).toHaveLength(2);
  });

  it('let a rep who has accepted note what happened, from the reminder of what comes next', async () => {
    const world = notifyWorld({ texts, handoffs: [aHandoff({ status: 'accepted' })] });
    await world.setUp();
    await world.notify(reminded({ deadline: 'qualify', dueAt: '2026-11-27T10:00:00.000Z' }));
    expect(world.mails[0]?.html).toMatch(/href="https:\/\/baton\.example\/handoffs\/answer\?t=[^"&]+"/);
    expect(world.mails[0]?.text).not.toContain('a=accept');
  });

  it('say in the offer what is known already', async () => {
    const known = { judgement: 'met', by: 'baton', at: '2026-11-20T10:00:00.000Z', note: '20-50k' } as const;
    const world = notifyWorld({ texts, handoffs: [aHandoff({ qualification: { budget: known } })] });
    await world.setUp();
    await world.notify(opened());
    expect(world.mails[0]?.text).toContain('Budget: erfüllt (20-50k)');
  });

  it('alert owners of customers and reps of SQLs in words of their own', async () => {
    const mails = [...(await mailsAbout()), ...(await mailsAbout(inGerman()))];
    const subjects = mails
      .filter(({ name }) => name?.endsWith('-asked') || name === 'owner-alert')
      .map(({ subject }) => subject);
    expect(subjects).toEqual([
      'Johanna Weber, Weber & Söhne wants to talk to you',
      'Johanna Weber, Weber & Söhne is qualified and wants to talk now',
      'Your account Weber & Söhne shows interest: Johanna Weber',
      'Johanna Weber, Weber & Söhne möchte mit Ihnen sprechen',
      'Johanna Weber, Weber & Söhne ist qualifiziert und möchte jetzt sprechen',
      'Weber & Söhne (von Ihnen betreut) zeigt Interesse: Johanna Weber',
    ]);
  });

  it('tell a manager who holds it, since when, how late it is and what comes next', async () => {
    const breach = (await mailsAbout()).find(({ name }) => name === 'handoff-breached');
    expect(breach?.text).toContain('Rita Rep');
    expect(breach?.text).toContain('Asked to talk: Asked for a demo');
    expect(breach?.text).toContain('If nothing happens: on');
    expect(breach?.text).toContain('the next manager is told');
  });

  it('let a manager step in from breach, escalation and digest, by buttons', async () => {
    const mails = [...(await mailsAbout()), ...(await mailsAbout(inGerman()))];
    // The lead has asked to talk: nobody pulls it back.
    const buttons = { 'handoff-breached': 3, 'handoff-escalated': 3, 'handoff-digest': 2 };
    for (const [name, count] of Object.entries(buttons))
      for (const { html } of mails.filter((mail) => mail.name === name)) {
        const found = html.match(/<a href="https:\/\/baton\.example\/handoffs\/manage[^>]*background-color/g);
        expect(found).toHaveLength(count);
      }
  });

  it('tell how late the handoffs of a digest are when it is sent', async () => {
    const digest = (await mailsAbout()).find(({ name }) => name === 'handoff-digest');
    expect(digest?.text).toContain('2 h 15 min late');
  });

  it('speak of an erased lead by its id', async () => {
    const world = notifyWorld({ texts, view: null });
    await world.setUp();
    await world.notify(breached({ priority: 'hot' }));
    expect(world.mails[0]?.text).toContain('l-1');
  });
});
