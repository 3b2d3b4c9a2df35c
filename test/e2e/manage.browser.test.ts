import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { john, storyEvents } from '../../infra/cli/demo/story.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../../infra/cli/local-environment.ts';
import { putEvents } from '../../infra/cli/put-events.ts';
import { DAY, later } from '../../shared/domain/time.ts';
import { describeInBrowser, faultsOf, openBrowser } from '../support/e2e-browser.ts';
import { linkNamed, mailOf } from '../support/e2e-mails.ts';
import { deadLetters, factsOf, handoffCausedBy } from '../support/e2e-stack.ts';

describeInBrowser("a manager's alert in a browser", () => {
  let environment: LocalEnvironment;
  let browser: Browser;
  const ofJohn = () => handoffCausedBy(environment, /^story-john\./);

  beforeAll(async () => {
    [environment, browser] = await Promise.all([startLocalEnvironment({}), openBrowser()]);
    const { engagements, profiles } = storyEvents(environment.now(), [john]);
    await putEvents(environment.events, environment.names.BusName, [...profiles, ...engagements]);
    // Past the deadline, before the next manager is told.
    await environment.travel.playUntil(later(environment.now(), 1.2 * DAY));
  });
  afterAll(async () => {
    await browser?.close();
    await environment?.stop();
  });

  it('is acted on from the mail: the lead goes to a colleague, who gets it to accept', async () => {
    const { mailFront, waitUntilQuiet } = environment.stack;
    const { handoff: before } = await ofJohn();
    expect(before).toMatchObject({ status: 'open', holder: 'emma' });
    const link = linkNamed(mailOf(mailFront.mails(), 'handoff-breached'), 'Reassign');
    const page = await browser.newPage();
    await page.goto(link);
    const shown = await page.locator('main').textContent();
    expect(shown).toMatch(/Northwind Tools \(J\. M\.\)/);
    expect(shown).toContain('Emma Fisher has held it since');
    expect(shown).not.toMatch(/John|Miller|@/);
    expect(await faultsOf(page, 'manage')).toEqual([]);
    expect((await ofJohn()).handoff).toEqual(before);

    await page.getByRole('radio', { name: 'Femi Grant' }).check();
    await page.getByRole('button', { name: 'Give it to them' }).click();
    expect(await page.locator('main').textContent()).toContain('It is with Femi Grant now');
    expect(await faultsOf(page, 'given')).toEqual([]);
    await page.close();
    await waitUntilQuiet();

    const { handoff } = await ofJohn();
    expect(handoff).toMatchObject({ status: 'open', holder: 'femi', assignment: 2 });
    expect(handoff.plan.accept?.dueAt).toBe(before.plan.accept?.dueAt);
    const offered = mailFront.mails().filter(({ tags }) => tags.text === 'handoff-offered');
    expect(offered.flatMap(({ to }) => to)).toContain('femi.grant@sales.example');
    const facts = await factsOf(environment, handoff.leadId);
    expect(facts.filter(({ type }) => type === 'HandoffReassigned')).toMatchObject([
      { from: 'emma', holder: 'femi', reason: 'manager' },
    ]);
    expect(await deadLetters(environment)).toEqual({});
  });
});
