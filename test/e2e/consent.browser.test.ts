import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { johanna, john, storyEvents } from '../../infra/cli/demo/story.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../../infra/cli/local-environment.ts';
import { putEvents } from '../../infra/cli/put-events.ts';
import { DAY, HOUR, later } from '../../shared/domain/time.ts';
import { describeInBrowser, faultsOf, openBrowser } from '../support/e2e-browser.ts';
import { linkNamed, mailOf, oneClickLink, scanLinks } from '../support/e2e-mails.ts';
import { deadLetters } from '../support/e2e-stack.ts';

/** John agreed where he lives; where Johanna lives, she has to confirm it. Both are MQLs and nobody calls them. */
describeInBrowser('consent to marketing mail in a browser', () => {
  let environment: LocalEnvironment;
  let browser: Browser;

  beforeAll(async () => {
    [environment, browser] = await Promise.all([startLocalEnvironment({}), openBrowser()]);
    const { engagements, profiles } = storyEvents(environment.now(), [john, johanna]);
    await putEvents(environment.events, environment.names.BusName, [...profiles, ...engagements]);
    await environment.travel.playUntil(later(environment.now(), 3 * HOUR));
  });
  afterAll(async () => {
    await browser?.close();
    await environment?.stop();
  });

  const mails = () => environment.stack.mailFront.mails();
  const marketingTo = ({ email }: typeof john) =>
    mails().flatMap(({ stream, to, tags }) =>
      stream === 'marketing' && to === email ? [tags.text ?? ''] : [],
    );
  const confirmLink = () => linkNamed(mailOf(mails(), 'confirm-opt-in'), 'Ja, schreiben Sie mir');
  const textOf = (page: Page) => page.locator('main').textContent();
  const germanPage = () => browser.newPage({ locale: 'de-DE' });
  const consentFacts = async () => {
    await environment.stack.waitUntilQuiet();
    await environment.tap.drain();
    return environment.tap
      .facts()
      .flatMap((fact) => (fact.type === 'ConsentChanged' ? [`${fact.marketing} ${fact.reason}`] : []));
  };

  it('is not given by a program that opens the links of the mail', async () => {
    expect(marketingTo(john)).toContain('guide');
    const before = await consentFacts();
    expect(before).toHaveLength(2);
    expect(await scanLinks(mails(), environment.stack.apiUrl)).toBeGreaterThan(0);
    expect(await consentFacts()).toEqual(before);
    await environment.travel.playUntil(later(environment.now(), HOUR));
    expect(marketingTo(johanna)).toEqual([]);
  });

  it('is confirmed with one click, and the first mail comes', async () => {
    const page = await germanPage();
    await page.goto(confirmLink());
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await faultsOf(page, 'confirm')).toEqual([]);
    await page.getByRole('button', { name: 'Ja, schreiben Sie mir' }).click();
    expect(await textOf(page)).toContain('Ihre Adresse ist bestätigt.');
    expect(await faultsOf(page, 'confirmed')).toEqual([]);
    await page.close();
    expect((await consentFacts()).slice(2)).toEqual([expect.stringMatching(/^granted /)]);
    await environment.travel.playUntil(later(environment.now(), 3 * HOUR));
    expect(marketingTo(johanna)).toEqual(['guide']);
    expect(mailOf(mails(), 'guide', ({ to }) => to === johanna.email).html).toMatch(/<html[^>]* lang="de"/);
  });

  it('ends with one click in the mailbox, without a page, a question or a cookie', async () => {
    const guide = mailOf(mails(), 'guide', ({ to }) => to === johanna.email);
    expect(guide.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    // A program opens it first; that ends nothing.
    expect((await fetch(oneClickLink(guide))).status).toBe(200);
    expect(await consentFacts()).toHaveLength(3);
    const answer = await fetch(oneClickLink(guide), {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
    expect((await consentFacts()).slice(3)).toEqual([expect.stringMatching(/^opted-out /)]);
  });

  it('is not revived by the old link', async () => {
    const page = await germanPage();
    await page.goto(confirmLink());
    await page.getByRole('button').click();
    expect(await textOf(page)).toContain('Sie haben sich inzwischen abgemeldet');
    expect(await faultsOf(page, 'superseded')).toEqual([]);
    await page.close();
    expect(await consentFacts()).toHaveLength(4);
  });

  it('once ended, no mail comes any more, while others get theirs', async () => {
    await environment.travel.playUntil(later(environment.now(), 5 * DAY));
    await environment.stack.waitUntilQuiet();
    expect(marketingTo(john)).toContain('proof');
    expect(marketingTo(johanna)).toEqual(['guide']);
    expect(await deadLetters(environment)).toEqual({});
  });

  it('can be ended on the page that the mail leads to', async () => {
    const proof = mailOf(mails(), 'proof', ({ to }) => to === john.email);
    const page = await browser.newPage();
    await page.goto(linkNamed(proof, 'Unsubscribe'));
    expect(await faultsOf(page, 'unsubscribe')).toEqual([]);
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    expect(await textOf(page)).toContain('You are unsubscribed');
    expect(await faultsOf(page, 'unsubscribed')).toEqual([]);
    await page.close();
    expect((await consentFacts()).slice(4)).toEqual([expect.stringMatching(/^opted-out /)]);
  });
});
