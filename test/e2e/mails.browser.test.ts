import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldHandoffs } from '../../infra/cli/demo/answers.ts';
import { johanna, john, storyEvents } from '../../infra/cli/demo/story.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../../infra/cli/local-environment.ts';
import { putEvents } from '../../infra/cli/put-events.ts';
import { chromiumPath } from '../support/chromium.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a screen reader or a colour-blind reader would stumble over. */
const faultsOf = async (page: Page): Promise<readonly string[]> => {
  // The pages' own policy forbids scripts, so the check comes in from outside.
  await page.evaluate(axe);
  return page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target, failureSummary].join(' '))))",
  );
};

describe.skipIf(chromiumPath === undefined)('in a browser (skipped where there is no Chromium)', () => {
  let environment: LocalEnvironment;
  let browser: Browser;

  beforeAll(async () => {
    environment = await startLocalEnvironment({});
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
    const { engagements, profiles } = storyEvents(environment.now(), [john, johanna]);
    await putEvents(environment.events, environment.names.BusName, [...profiles, ...engagements]);
    await environment.travel.jumpToNextDue();
  });
  afterAll(async () => {
    await browser?.close();
    await environment?.stop();
  });

  it('a rep reads the mail, and accepts the lead by its link', async () => {
    const page = await browser.newPage();
    await page.goto(environment.stack.mailsUrl);
    await page
      .getByRole('button', { name: /John Miller/ })
      .first()
      .click();
    const mail = page.frameLocator('iframe');
    const link = await mail.getByRole('link', { name: 'Accept', exact: true }).getAttribute('href');
    expect(await faultsOf(page)).toEqual([]);

    await page.goto(link ?? '');
    expect(await faultsOf(page)).toEqual([]);
    expect(await heldHandoffs(environment, 'accepted')).toEqual([]);
    await page.getByRole('button').first().click();
    await environment.stack.waitUntilQuiet();
    expect(await faultsOf(page)).toEqual([]);
    const accepted = await heldHandoffs(environment, 'accepted');
    expect(accepted.map(({ cause }) => cause.id)).toEqual([expect.stringMatching(/^story-john\./)]);
  });

  it('Johanna confirms that she wants mail', async () => {
    const page = await browser.newPage({ locale: 'de-DE' });
    await page.goto(environment.stack.mailsUrl);
    await page
      .getByRole('button', { name: /bestätigen/ })
      .first()
      .click();
    const link = await page
      .frameLocator('iframe')
      .locator('a[href*="/consent/confirm"]')
      .first()
      .getAttribute('href');
    await page.goto(link ?? '');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button').first().click();
    await environment.stack.waitUntilQuiet();
    await environment.tap.drain();
    expect(environment.tap.facts()).toContainEqual(
      expect.objectContaining({ type: 'ConsentChanged', marketing: 'granted' }),
    );
  });
});
