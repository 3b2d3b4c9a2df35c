import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { johanna, john, storyEvents } from '../../infra/cli/demo/story.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../../infra/cli/local-environment.ts';
import { putEvents } from '../../infra/cli/put-events.ts';
import { chromiumPath } from '../support/chromium.ts';
import { faultsOf, openBrowser } from '../support/e2e-browser.ts';

describe.skipIf(chromiumPath === undefined)('the page with the mails, in a browser', () => {
  let environment: LocalEnvironment;
  let browser: Browser;

  beforeAll(async () => {
    [environment, browser] = await Promise.all([startLocalEnvironment({}), openBrowser()]);
    const { engagements, profiles } = storyEvents(environment.now(), [john, johanna]);
    await putEvents(environment.events, environment.names.BusName, [...profiles, ...engagements]);
    await environment.travel.jumpToNextDue();
  });
  afterAll(async () => {
    await browser?.close();
    await environment?.stop();
  });

  it('shows each mail as its reader sees it, with links that work', async () => {
    const page = await browser.newPage();
    await page.goto(environment.stack.mailsUrl);
    await page
      .getByRole('button', { name: /John Miller/ })
      .first()
      .click();
    const mail = page.frameLocator('iframe');
    const link = await mail.getByRole('link', { name: 'Accept', exact: true }).getAttribute('href');
    expect(link).toContain(`${environment.stack.apiUrl}/handoffs/answer?`);
    expect(await faultsOf(page, 'mails')).toEqual([]);
  });

  it('shows the text part and the headers, too', async () => {
    const page = await browser.newPage({ locale: 'de-DE' });
    await page.goto(environment.stack.mailsUrl);
    await page
      .getByRole('button', { name: /bestätigen/ })
      .first()
      .click();
    await page.getByRole('tab', { name: 'Text part' }).click();
    await expect.poll(() => page.getByRole('tabpanel').textContent()).toContain('/consent/confirm?t=');
    await page.getByRole('tab', { name: 'Headers' }).click();
    await expect.poll(() => page.getByRole('tabpanel').textContent()).toContain('Configuration set');
  });
});
