import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { johanna, john, storyEvents } from '../../infra/cli/demo/story.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../../infra/cli/local-environment.ts';
import { putEvents } from '../../infra/cli/put-events.ts';
import { DAY, HOUR, later } from '../../shared/domain/time.ts';
import { describeInBrowser, faultsOf, openBrowser } from '../support/e2e-browser.ts';
import { linkNamed, mailOf, scanLinks } from '../support/e2e-mails.ts';
import { deadLetters, factsOf, handoffCausedBy } from '../support/e2e-stack.ts';

describeInBrowser('answering a handoff in a browser', () => {
  let environment: LocalEnvironment;
  let browser: Browser;
  const ofJohn = () => handoffCausedBy(environment, /^story-john\./);
  const ofJohanna = () => handoffCausedBy(environment, /^story-johanna/);

  beforeAll(async () => {
    [environment, browser] = await Promise.all([startLocalEnvironment({}), openBrowser()]);
    const { engagements, profiles } = storyEvents(environment.now(), [john, johanna]);
    await putEvents(environment.events, environment.names.BusName, [...profiles, ...engagements]);
    // Long enough for the first mail to a lead, which comes an hour after the MQL.
    await environment.travel.playUntil(later(environment.now(), 2 * HOUR));
  });
  afterAll(async () => {
    await browser?.close();
    await environment?.stop();
  });

  const offer = (name: string) =>
    mailOf(environment.stack.mailFront.mails(), 'handoff-offered', ({ subject }) => subject.includes(name));
  const textOf = (page: Page) => page.locator('main').textContent();

  it('is not done by programs that open every link of every mail', async () => {
    const before = [await ofJohn(), await ofJohanna()];
    expect(before.map(({ handoff }) => handoff.status)).toEqual(['open', 'open']);
    const { mailFront, apiUrl, waitUntilQuiet } = environment.stack;
    // Two for each offer, to confirm, and to unsubscribe.
    expect(await scanLinks(mailFront.mails(), apiUrl)).toBeGreaterThanOrEqual(6);
    await waitUntilQuiet();
    expect([await ofJohn(), await ofJohanna()]).toEqual(before);
    await environment.tap.drain();
    const consent = environment.tap.facts().filter(({ type }) => type === 'ConsentChanged');
    expect(consent.map((fact) => 'marketing' in fact && fact.marketing).toSorted()).toEqual([
      'granted',
      'requested',
    ]);
  });

  it('is one click to accept, and the clock stops', async () => {
    const page = await browser.newPage();
    const link = linkNamed(offer('John Miller'), 'Accept');
    await page.goto(link);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const offered = await textOf(page);
    expect(offered).toMatch(/Northwind Tools \(J\. M\.\)/);
    expect(offered).toMatch(/Please answer by Tue/);
    expect(offered).not.toMatch(/John|Miller|@/);
    expect(await faultsOf(page, 'offer')).toEqual([]);

    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    expect(await textOf(page)).toContain('You have accepted this lead.');
    expect(await page.getByRole('button', { name: 'Accept', exact: true }).count()).toBe(0);
    expect(await faultsOf(page, 'accepted')).toEqual([]);
    await environment.stack.waitUntilQuiet();
    const accepted = await ofJohn();
    expect(accepted).toMatchObject({ stage: 'sal', handoff: { status: 'accepted', holder: 'emma' } });

    await page.goto(link);
    expect(await textOf(page)).toContain('You have accepted this lead.');
    const again = await page.request.post(link, { form: { answer: 'accept' } });
    expect([again.status(), await again.text()]).toEqual([
      200,
      expect.stringContaining('That was recorded before; nothing has changed.'),
    ]);
    await environment.stack.waitUntilQuiet();
    expect((await ofJohn()).handoff).toEqual(accepted.handoff);
    await page.close();
  });

  it('is a reason to reject, with its consequence in words and in the language of the rep', async () => {
    const page = await browser.newPage();
    await page.goto(linkNamed(offer('Johanna Vogt'), 'Ablehnen'));
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await faultsOf(page, 'reject')).toEqual([]);
    const reason = page.locator('label', { hasText: 'Noch nicht so weit' });
    expect(await reason.textContent()).toContain('zurück ins Nurturing bis 30. Dezember');
    await page.getByRole('radio', { name: 'Noch nicht so weit' }).check();
    await page.getByRole('button', { name: 'Ablehnen', exact: true }).click();
    expect(await textOf(page)).toContain(
      'Sie haben diesen Lead abgelehnt (Noch nicht so weit): zurück ins Nurturing bis 30. Dezember.',
    );
    expect(await faultsOf(page, 'rejected')).toEqual([]);
    await environment.stack.waitUntilQuiet();
    expect(await ofJohanna()).toMatchObject({
      stage: 'recycled',
      handoff: { status: 'closed', outcome: { type: 'rejected', reason: 'low-intent' } },
    });
    // Whoever comes later by the other link learns what became of it.
    await page.goto(linkNamed(offer('Johanna Vogt'), 'Annehmen'));
    expect(await textOf(page)).toContain('Sie haben diesen Lead abgelehnt');
    expect(await page.getByRole('button').count()).toBe(0);
    await page.close();
  });

  it('needs the link as it stands in the mail', async () => {
    const page = await browser.newPage();
    const link = new URL(linkNamed(offer('John Miller'), 'Accept'));
    const sealed = link.searchParams.get('t') ?? '';
    const confirm = mailOf(environment.stack.mailFront.mails(), 'confirm-opt-in').html;
    const foreign = /confirm\?t=([^"&]+)/.exec(confirm)?.[1] ?? '';
    const middle = Math.floor(sealed.length / 2);
    const tampered = `${sealed.slice(0, middle)}${sealed[middle] === 'A' ? 'B' : 'A'}${sealed.slice(middle + 1)}`;
    expect(foreign.length).toBeGreaterThan(50);
    for (const [name, token] of Object.entries({ tampered, foreign, cut: sealed.slice(0, -5), none: '' })) {
      link.searchParams.set('t', token);
      const opened = await page.goto(link.href);
      expect(opened?.status(), name).toBe(400);
      expect(await textOf(page), name).toMatch(/^This link does not work/);
      expect(await page.getByRole('button').count(), name).toBe(0);
      expect((await page.request.post(link.href, { form: { answer: 'accept' } })).status(), name).toBe(400);
    }
    expect(await faultsOf(page, 'tampered')).toEqual([]);
    await page.close();
  });

  it('is never asked for again, while the next deadline runs', async () => {
    const { handoff } = await ofJohn();
    const before = (await factsOf(environment, handoff.leadId)).length;
    await environment.travel.playUntil(later(environment.now(), 2 * DAY));
    await environment.stack.waitUntilQuiet();
    const since = (await factsOf(environment, handoff.leadId)).slice(before);
    const tiers = since.flatMap((fact) => ('deadline' in fact ? [`${fact.type} ${fact.deadline}`] : []));
    expect(tiers).toContain('HandoffBreached firstContact');
    expect(tiers.filter((tier) => tier.endsWith('accept'))).toEqual([]);
    expect(since.filter(({ type }) => type === 'HandoffAccepted')).toEqual([]);
    expect((await ofJohn()).stage).toBe('sal');
    const reminders = environment.stack.mailFront
      .mails()
      .filter(({ tags, subject }) => tags.text === 'handoff-reminder' && subject.includes('Johanna'));
    expect(reminders).toEqual([]);
    expect(await deadLetters(environment)).toEqual({});
  });

  it('takes contacts and what is known, until the lead is qualified', async () => {
    const page = await browser.newPage();
    await page.goto(linkNamed(offer('John Miller'), 'Accept'));
    await page.getByText('Note a contact').click();
    await page.getByRole('radio', { name: 'A call' }).check();
    await page.getByRole('button', { name: 'Note it' }).click();
    expect(await textOf(page)).toMatch(/That is noted\..*One attempt to reach it/s);
    await page.getByText('What do you know?').click();
    expect(await faultsOf(page, 'what is known')).toEqual([]);
    await page.getByRole('combobox', { name: 'Need' }).selectOption('met');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await textOf(page)).toContain('To be an SQL, still to be met: one more.');
    await page.getByText('What do you know?').click();
    await page.getByRole('combobox', { name: 'Budget' }).selectOption('met');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await textOf(page)).toContain('This lead is qualified.');
    await environment.stack.waitUntilQuiet();
    expect(await ofJohn()).toMatchObject({
      stage: 'sql',
      handoff: {
        status: 'closed',
        outcome: { type: 'qualified', by: 'emma' },
        contacts: [{ how: 'call', by: 'emma' }],
      },
    });
    await page.reload();
    expect(await textOf(page)).toContain('Give it back');
    expect(await faultsOf(page, 'qualified')).toEqual([]);
    await page.close();
  });
});
