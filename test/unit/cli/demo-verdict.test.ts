import { describe, expect, it } from 'vitest';
import { brokenPromises, type Expected } from '../../../infra/cli/demo/broken-promises.ts';
import { figuresOf } from '../../../infra/cli/demo/figures.ts';
import type { Fed, Snapshot } from '../../../infra/cli/demo/snapshot.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

const { tiers } = defaultPolicy().sla;

const fed: Fed = { sent: 6, distinct: new Set(['a', 'b']), rejectable: 2 };

const late: Handoff = {
  id: 'h1',
  leadId: 'l1',
  cause: { type: 'engagement', id: 'a' },
  status: 'open',
  priority: 'normal',
  mqlAt: '2026-11-30T08:00:00.000Z',
  openedAt: '2026-11-30T08:00:00.000Z',
  route: 'dach',
  holder: 'clara',
  assignment: 1,
  assignedAt: '2026-11-30T08:00:00.000Z',
  previousHolders: [],
  flagged: false,
  plan: { accept: { dueAt: '2026-12-01T08:00:00.000Z', tiers: [] } },
  decided: [
    'accept:remind-50:1',
    'accept:remind-80:1',
    'accept:breach',
    'accept:escalate',
    'firstContact:breach',
  ],
  breachedAt: { accept: '2026-12-01T08:00:00.000Z' },
  evidence: { score: 50, engagement: 20, fit: 30, reasons: [], activities: [], answers: {} },
};

const kept: Snapshot = {
  now: '2026-12-10T08:00:00.000Z',
  leads: [
    { leadId: 'l1', stage: 'mql', engagements: [engagementRef('a')] },
    { leadId: 'l2', stage: 'inquiry', engagements: [engagementRef('b')] },
  ],
  handoffs: [late],
  mails: [
    { stream: 'marketing', locale: 'en' },
    { stream: 'marketing', locale: 'de' },
    { stream: 'internal', locale: 'de' },
  ],
  deadLetters: { 'a-queue': 0 },
  rejected: [{ code: 'invalid-event' }, { code: 'invalid-event' }],
  rescues: 0,
};

const verdict = (overrides: Partial<Snapshot> = {}, expected: Partial<Expected> = {}) => {
  const snapshot = { ...kept, ...overrides };
  const figures = figuresOf({ fed, snapshot, tiers, seconds: 1 });
  return brokenPromises(figures, snapshot, fed, {
    marketing: 'both-languages',
    breachTier: 'breach',
    ...expected,
  });
};

describe('figuresOf', () => {
  it('counts what is there', () => {
    expect(figuresOf({ fed, snapshot: kept, tiers, seconds: 1 })).toEqual({
      leads: 2,
      events: { sent: 6, distinct: 2, scored: 2, duplicates: 2, rejected: 2, lost: 0 },
      stages: { inquiry: 1, mql: 1, sal: 0, sql: 0, customer: 0, recycled: 0, disqualified: 0, lost: 0 },
      handoffs: { opened: 1, none: 0, accepted: 0, rejected: 0, withdrawn: 0, breached: 1 },
      escalations: { remind: 2, breach: 1, reassign: 0, escalate: 1, pullBack: 0 },
      mails: { marketing: { en: 1, de: 1 }, service: 0, internal: 1 },
      dlq: 0,
      rescues: 0,
      seconds: 1,
    });
  });
});

describe('brokenPromises', () => {
  it('has nothing to say if all were kept', () => {
    expect(verdict()).toEqual([]);
  });

  const [first, second] = kept.leads;
  it.each<[string, Partial<Snapshot>, RegExp]>([
    ['an event is lost', { leads: [first!] }, /^1 events are in no lead's timeline/],
    [
      'an event counts twice',
      { leads: [first!, second!, { ...second!, leadId: 'l3' }] },
      /^1 events were scored more than once/,
    ],
    ['one is lost and one counts twice', { leads: [first!, { ...first!, leadId: 'l3' }] }, /more than once/],
    ['a dead letter', { deadLetters: { 'a-queue': 1 } }, /^1 messages are in a-queue/],
    ['too little is rejected', { rejected: [] }, /^0 events were rejected instead of 2/],
    [
      'a breach is missing',
      { handoffs: [{ ...late, decided: [] }] },
      /^1 handoffs passed their accept deadline/,
    ],
    [
      'a breach is told twice',
      { handoffs: [{ ...late, decided: [...late.decided, 'accept:breach'] }] },
      /^1 handoffs have a breach/,
    ],
    [
      'a breach after an answer in time',
      { handoffs: [{ ...late, acceptedAt: '2026-11-30T10:00:00.000Z' }] },
      /^1 handoffs have a breach/,
    ],
    [
      'no German mail',
      { mails: kept.mails.filter(({ locale }) => locale === 'en') },
      /No marketing mail in German/,
    ],
    ['no alert', { mails: kept.mails.filter(({ stream }) => stream !== 'internal') }, /No alert reached/],
  ])('says so where %s', (_, overrides, sentence) => {
    expect(verdict(overrides).join('\n')).toMatch(sentence);
  });

  it('refuses marketing mail where no lead has an address', () => {
    expect(verdict({}, { marketing: 'none' })).toEqual([
      '2 marketing mails were sent though no lead has an address.',
    ]);
  });
});
