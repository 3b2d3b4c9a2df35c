import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storyEvents } from '../../infra/cli/demo/story.ts';
import type { StoryLead } from '../../infra/cli/demo/story-lead.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../../infra/cli/local-environment.ts';
import { putEvents } from '../../infra/cli/put-events.ts';
import { engagementRef } from '../../shared/domain/engagement-ref.ts';
import { DAY, epochOf, later, MINUTE } from '../../shared/domain/time.ts';
import {
  deadLetters,
  factsOf,
  handoffCausedBy,
  listenToAlerts,
  rejectedInput,
  takeAll,
} from '../support/e2e-stack.ts';

/** She fits, asks for a demo on a Monday at nine, and nobody ever answers her. */
const greta: StoryLead = {
  email: 'greta.lang@werkzeug-nord.example',
  traits: {
    firstName: 'Greta',
    lastName: 'Lang',
    company: 'Werkzeug Nord',
    employees: 320,
    industry: 'manufacturing',
    role: 'head',
    country: 'DE',
    language: 'de',
  },
  did: [{ kind: 'demo-requested', agoMs: 0 }],
};
const personal = /greta|lang|werkzeug|@/i;

/** The tick comes by the minute. */
const longestDelay = MINUTE + 5_000;

let environment: LocalEnvironment;
beforeAll(async () => {
  environment = await startLocalEnvironment({});
});
afterAll(() => environment?.stop());

describe('a lead that asks to talk and that nobody answers', () => {
  let alerts: Awaited<ReturnType<Awaited<ReturnType<typeof listenToAlerts>>>>;
  let facts: Awaited<ReturnType<typeof factsOf>>;
  let story: Awaited<ReturnType<typeof handoffCausedBy>>;

  beforeAll(async () => {
    const { events, names, stack, travel } = environment;
    const takeAlerts = await listenToAlerts(environment);
    const { profiles, engagements: told } = storyEvents(environment.now(), [greta]);
    const engagements = told.map(({ type, detail }) => ({ type, detail: { ...detail, id: 'ask-1' } }));
    await putEvents(events, names.BusName, profiles);
    await stack.waitUntilQuiet();
    await putEvents(events, names.BusName, engagements);
    await putEvents(events, names.BusName, engagements);
    await travel.playUntil(later(environment.now(), 8 * DAY));
    await stack.waitUntilQuiet();
    story = await handoffCausedBy(environment, /^ask-1$/);
    facts = await factsOf(environment, story.handoff.leadId);
    alerts = await takeAlerts();
  });

  it('counts once, though it was said twice, and makes an MQL', () => {
    expect(story.engagements).toEqual([engagementRef('ask-1')]);
    const moves = facts.filter(({ type }) => type === 'LeadStageChanged' || type === 'LeadAskedToTalk');
    expect(moves).toEqual([
      expect.objectContaining({ type: 'LeadStageChanged', from: 'inquiry', to: 'mql', reason: 'intent' }),
      expect.objectContaining({ type: 'LeadAskedToTalk', kind: 'demo-requested', hot: true }),
    ]);
    expect(story.stage).toBe('mql');
  });

  it('climbs the ladder exactly as the policy says, each tier once and in time', () => {
    const { mqlAt, asked } = story.handoff;
    const minutesAfter = (from: string | undefined, minutes: number) => later(from ?? '', minutes * MINUTE);
    const [toColleague, toManager] = facts.filter(({ type }) => type === 'HandoffReassigned');
    const steps = [
      // Everything below happens to a hot handoff: 30 minutes to accept, an hour to the first contact.
      { step: { type: 'HandoffOpened', holder: 'clara', priority: 'hot' }, at: mqlAt },
      { step: { type: 'HandoffReminded', tier: 'remind-80', holder: 'clara' }, at: minutesAfter(mqlAt, 24) },
      {
        step: { type: 'HandoffBreached', deadline: 'accept', manager: 'hanna' },
        at: minutesAfter(mqlAt, 30),
      },
      { step: { type: 'HandoffReassigned', from: 'clara', holder: 'david' }, at: minutesAfter(mqlAt, 45) },
      {
        step: { type: 'HandoffBreached', deadline: 'firstContact', manager: 'hanna' },
        at: minutesAfter(asked?.occurredAt, 60),
      },
      {
        step: { type: 'HandoffEscalated', deadline: 'accept', manager: 'katja' },
        at: minutesAfter(mqlAt, 60),
      },
      // A colleague has the accept time of a hot handoff, too; the team has nobody else, so then it is the manager's.
      {
        step: { type: 'HandoffReminded', holder: 'david', assignment: 2 },
        at: minutesAfter(toColleague?.at, 24),
      },
      {
        step: { type: 'HandoffReassigned', from: 'david', holder: 'hanna' },
        at: minutesAfter(toColleague?.at, 30),
      },
      // Who asked is never pulled back.
      {
        step: { type: 'HandoffReminded', holder: 'hanna', assignment: 3 },
        at: minutesAfter(toManager?.at, 24),
      },
    ];
    const ladder = facts.filter(({ type }) => type.startsWith('Handoff'));
    expect(ladder).toEqual(steps.map(({ step }) => expect.objectContaining(step)));
    for (const [i, { at }] of steps.entries()) {
      const delay = epochOf(ladder[i]!.at) - epochOf(at);
      expect(delay, JSON.stringify(ladder[i])).toBeGreaterThanOrEqual(0);
      expect(delay, JSON.stringify(ladder[i])).toBeLessThan(longestDelay);
    }
    expect(story.handoff).toMatchObject({ status: 'open', holder: 'hanna' });
  });

  it('writes to whom it concerns, and to nobody else', () => {
    const { mailFront } = environment.stack;
    const sent = mailFront.mails().map(({ to, tags, stream }) => `${stream} ${tags.text} ${to}`);
    expect(sent.toSorted()).toEqual([
      'internal handoff-breached hanna.imhof@sales.example',
      'internal handoff-breached hanna.imhof@sales.example',
      'internal handoff-escalated katja.lenz@sales.example',
      'internal handoff-moved clara.dorn@sales.example',
      'internal handoff-moved david.egger@sales.example',
      'internal handoff-offered clara.dorn@sales.example',
      'internal handoff-offered david.egger@sales.example',
      'internal handoff-offered hanna.imhof@sales.example',
      'internal handoff-reminder clara.dorn@sales.example',
      'internal handoff-reminder david.egger@sales.example',
      'internal handoff-reminder hanna.imhof@sales.example',
      'service request-received greta.lang@werkzeug-nord.example',
    ]);
  });

  it('alerts the chat of what is late with ids only', () => {
    expect(alerts.map(({ subject }) => subject).toSorted()).toEqual([
      'Hot handoff escalated: acceptance',
      'Hot handoff late: acceptance',
      'Hot handoff late: first contact',
    ]);
    for (const { subject, message } of alerts) {
      expect(`${subject} ${message}`).not.toMatch(personal);
      expect(JSON.parse(message).metadata).toMatchObject({
        threadId: story.handoff.id,
        relatedResources: [story.handoff.leadId],
      });
    }
  });

  it('tells the bus nothing personal, and leaves nothing undone', async () => {
    expect(JSON.stringify(facts)).not.toMatch(personal);
    expect(await deadLetters(environment)).toEqual({});
    expect(await rejectedInput(environment)).toEqual([]);
  });
});

it('keeps input that can never be right with its reason, and counts what comes with it', async () => {
  const { events, names, stack } = environment;
  const detail = { kind: 'page-viewed', occurredAt: environment.now(), lead: { anonymousId: 'visitor-7' } };
  await putEvents(events, names.BusName, [
    { type: 'EngagementRecorded', detail },
    { type: 'EngagementRecorded', detail: { ...detail, id: 'view-7' } },
    { type: 'EngagementRecorded', detail: { ...detail, id: 'view-8', lead: { email: 'no address' } } },
  ]);
  await stack.waitUntilQuiet();
  const rejected = await rejectedInput(environment);
  expect(rejected.toSorted((a, b) => a.payload.length - b.payload.length)).toEqual([
    expect.objectContaining({
      by: 'score-lead',
      code: 'invalid-event',
      reasons: [expect.stringMatching(/^id\b/)],
      payload: expect.stringContaining('visitor-7'),
    }),
    expect.objectContaining({
      by: 'score-lead',
      code: 'invalid-event',
      reasons: [expect.stringMatching(/^lead\b/)],
      payload: expect.stringContaining('view-8'),
    }),
  ]);
  expect(await deadLetters(environment)).toEqual({});
});

describe('the public pages', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/handoffs'],
    ['GET', '/handoffs/answer/more'],
    ['POST', '/consent'],
    ['PUT', '/handoffs/answer'],
    ['DELETE', '/unsubscribe'],
  ])('are no others than they should be: %s %s', async (method, path) => {
    const answer = await fetch(environment.stack.apiUrl + path, { method });
    expect(answer.status).toBe(404);
  });

  it.each(['/handoffs/answer?t=x', '/handoffs/manage?t=x', '/consent/confirm?t=x', '/unsubscribe?t=x'])(
    'run no scripts, are not framed, kept or found: %s',
    async (path) => {
      const opened = await fetch(environment.stack.apiUrl + path);
      const headers = Object.fromEntries(opened.headers);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringMatching(/^max-age=/),
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex, nofollow',
      });
      expect(await opened.text()).not.toMatch(/<script|\bon\w+=|\bat \w+ \(/i);
      const head = await fetch(environment.stack.apiUrl + path, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([opened.status, '']);
    },
  );
});

it('puts a message that nobody can read aside after five tries, and goes on', async () => {
  const { stack } = environment;
  const sqs = new SQSClient(stack.clientConfig);
  await sqs.send(
    new SendMessageCommand({ QueueUrl: stack.outputs.WatchSlaQueueUrl, MessageBody: 'not a message' }),
  );
  await stack.waitUntilQuiet();
  expect(await deadLetters(environment)).toEqual({ WatchSlaDeadLetters: 1 });
  const [dead] = await takeAll(sqs, stack.outputs.WatchSlaDeadLettersUrl ?? '');
  expect(dead?.Body).toBe('not a message');
});
