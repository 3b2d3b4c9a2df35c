import { describe, expect, it } from 'vitest';
import type { Enrolment } from '../../../shared/domain/nurture.ts';
import { decideStep, type StepContext, type StepDecision } from '../../../shared/domain/nurture-step.ts';
import { DAY, HOUR, later } from '../../../shared/domain/time.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aLead, granted, ourTexts, tuesday } from '../../support/nurture-world.ts';

const policy = { ...defaultPolicy(), texts: ourTexts };
const now = later(tuesday, HOUR);

const enrolment = (overrides: Partial<Enrolment> = {}): Enrolment => ({
  id: 'e-1',
  leadId: 'lead-1',
  campaign: 'mql-nurture',
  enrolledAt: tuesday,
  status: 'waiting',
  step: 0,
  nextAt: now,
  outcomes: [],
  about: {},
  ...overrides,
});

const step = (overrides: Partial<StepContext> = {}): StepContext => ({
  enrolment: enrolment(),
  mailbox: { marketingSends: [], enrolments: {} },
  address: granted(),
  hasAddress: true,
  lead: aLead(),
  contacted: false,
  ...overrides,
});

const asked = { engagementId: 'e9', kind: 'demo-requested', occurredAt: tuesday, receivedAt: tuesday };
const sends = (...times: string[]) => ({ marketingSends: times, enrolments: {} });
const request = enrolment({ campaign: 'answer-request' });
const question = enrolment({ campaign: 'confirm-opt-in' });

const cases: readonly [string, StepContext, StepDecision][] = [
  ['sends what is due', step(), { type: 'send' }],
  ['not before it is due', step({ enrolment: enrolment({ nextAt: later(now, 1) }) }), { type: 'nothing' }],
  ['nothing once over', step({ enrolment: enrolment({ status: 'finished' }) }), { type: 'nothing' }],
  [
    'a claim is given up when its time has come',
    step({ enrolment: enrolment({ status: 'claimed' }) }),
    { type: 'give-up' },
  ],
  [
    'a claim is left alone until then',
    step({ enrolment: enrolment({ status: 'claimed', nextAt: later(now, 1) }) }),
    { type: 'nothing' },
  ],
  [
    'a campaign that was removed',
    step({ enrolment: enrolment({ campaign: 'gone' }) }),
    { type: 'exit', reason: 'not-in-policy' },
  ],
  [
    'a step that was removed',
    step({ enrolment: enrolment({ step: 9 }) }),
    { type: 'exit', reason: 'not-in-policy' },
  ],
  ['a lead that was erased', step({ lead: undefined }), { type: 'exit', reason: 'no-lead' }],
  [
    'a stage of the campaign',
    step({ lead: aLead({ stage: 'recycled' }) }),
    { type: 'exit', reason: 'stage:recycled' },
  ],
  [
    'an excluded lead',
    step({ lead: aLead({ excluded: 'competitor' }) }),
    { type: 'exit', reason: 'excluded' },
  ],
  ['an unserved lead', step({ lead: aLead({ unserved: true }) }), { type: 'exit', reason: 'unserved' }],
  ['a lead that was contacted', step({ contacted: true }), { type: 'exit', reason: 'contacted' }],
  ['a lead that asked to talk', step({ lead: aLead({ asked }) }), { type: 'exit', reason: 'asked-to-talk' }],
  ['no address', step({ hasAddress: false, address: undefined }), { type: 'skip', reason: 'no-address' }],
  ['nothing known of the address', step({ address: undefined }), { type: 'skip', reason: 'no-consent' }],
  ['no consent', step({ address: granted({ marketing: 'none' }) }), { type: 'skip', reason: 'no-consent' }],
  [
    'opted out',
    step({ address: granted({ marketing: 'opted-out' }) }),
    { type: 'exit', reason: 'opted-out' },
  ],
  [
    'bounced',
    step({ address: granted({ suppressed: 'bounce' }) }),
    { type: 'exit', reason: 'suppressed:bounce' },
  ],
  [
    'waits for a confirmation',
    step({ address: granted({ marketing: 'requested' }) }),
    { type: 'wait', until: later(now, HOUR) },
  ],
  [
    'but for no more than 14 days',
    step({
      address: granted({ marketing: 'requested' }),
      enrolment: enrolment({ enrolledAt: later(now, -14 * DAY) }),
    }),
    { type: 'skip', reason: 'no-consent' },
  ],
  [
    'waits for the window',
    step({ lead: aLead({ country: 'US' }) }),
    { type: 'wait', until: '2026-11-24T13:30:00.000Z' },
  ],
  [
    'waits for the cap',
    step({ mailbox: sends(later(now, -22 * HOUR)) }),
    { type: 'wait', until: later(now, 2 * HOUR) },
  ],
  [
    'waits for cap and then window',
    step({ mailbox: sends(later(now, -12 * HOUR)) }),
    { type: 'wait', until: '2026-11-25T08:30:00.000Z' },
  ],
  [
    'answers at any hour, whatever was sent',
    step({ enrolment: request, lead: aLead({ country: 'US' }), mailbox: sends(now, now) }),
    { type: 'send' },
  ],
  ['answers without consent', step({ enrolment: request, address: undefined }), { type: 'send' }],
  [
    'answers after an opt-out',
    step({ enrolment: request, address: granted({ marketing: 'opted-out' }) }),
    { type: 'send' },
  ],
  [
    'answers excluded leads too',
    step({ enrolment: request, lead: aLead({ excluded: 'x', unserved: true, stage: 'customer', asked }) }),
    { type: 'send' },
  ],
  [
    'answers nobody who complained',
    step({ enrolment: request, address: granted({ suppressed: 'complaint' }) }),
    { type: 'skip', reason: 'suppressed:complaint' },
  ],
  [
    'waits for the name',
    step({ enrolment: request, answerer: { type: 'wait', until: later(now, 60_000) } }),
    { type: 'wait', until: later(now, 60_000) },
  ],
  [
    'asks for a confirmation',
    step({ enrolment: question, address: granted({ marketing: 'requested', requestedAt: now }) }),
    { type: 'send' },
  ],
  [
    'asks again after an opt-out',
    step({
      enrolment: question,
      address: granted({ marketing: 'opted-out', changedAt: tuesday, requestedAt: now }),
    }),
    { type: 'send' },
  ],
  [
    'asks nobody who opted out since',
    step({
      enrolment: question,
      address: granted({ marketing: 'opted-out', changedAt: now, requestedAt: tuesday }),
    }),
    { type: 'skip', reason: 'not-asked' },
  ],
  [
    'asks nobody who agreed',
    step({ enrolment: question, address: granted({ requestedAt: now }) }),
    { type: 'skip', reason: 'not-asked' },
  ],
];

describe('the next step of an enrolment', () => {
  it.each(cases)('%s', (_, context, expected) => {
    expect(decideStep(context, policy, now)).toEqual(expected);
  });

  it('is skipped if the policy has no such text', () => {
    expect(decideStep(step(), { ...policy, texts: {} }, now)).toEqual({ type: 'skip', reason: 'no-text' });
  });
});
