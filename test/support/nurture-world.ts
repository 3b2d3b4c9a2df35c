import { makeChangeConsent } from '../../functions/change-consent/change-consent.ts';
import { makeFollowConsentLink } from '../../functions/change-consent/follow-consent-link.ts';
import { makeEnrollNurture } from '../../functions/enroll-nurture/enroll-nurture.ts';
import { makeSendNurtureMail } from '../../functions/send-nurture-mail/send-nurture-mail.ts';
import { hmacKeyedHash } from '../../shared/adapters/hmac-keyed-hash.ts';
import { sameAddress } from '../../shared/domain/consent.ts';
import type { HandoffStates } from '../../shared/domain/handoff.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import type { Address, NurtureStates } from '../../shared/domain/nurture.ts';
import type { RosterStates } from '../../shared/domain/roster.ts';
import { type Instant, later } from '../../shared/domain/time.ts';
import { compileTexts } from '../../shared/emails/compile-texts.ts';
import type { FactOf, StampedFact } from '../../shared/events/facts.ts';
import type { PolicySourceText } from '../../shared/policy/schema.ts';
import type { Mail, SendOutcome } from '../../shared/ports.ts';
import { memoryAggregates, memoryDueIndex, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import { memoryMailer } from '../../shared/simulation/memory-mailer.ts';
import { memoryMetrics } from '../../shared/simulation/memory-metrics.ts';
import { memoryTokens } from '../../shared/simulation/memory-tokens.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { defaultPolicy } from './default-policy.ts';

/** Compiled once for all tests of a file. */
export const ourTexts = await compileTexts();

/** A Tuesday, 10:00 in Berlin. */
export const tuesday: Instant = '2026-11-24T09:00:00.000Z';

export const aLead = (overrides: Partial<LeadView> = {}): LeadView => ({
  leadId: 'lead-1',
  stage: 'mql',
  stageAt: tuesday,
  score: 55,
  engagement: 20,
  fit: 35,
  hot: false,
  segment: 'mid',
  unserved: false,
  locale: 'en',
  country: 'GB',
  evidence: { score: 55, engagement: 20, fit: 35, reasons: [], activities: [], answers: {} },
  profile: {
    email: { value: 'Johanna@customer.example', at: tuesday },
    firstName: { value: 'Johanna', at: tuesday },
    lastName: { value: 'Weber', at: tuesday },
  },
  ...overrides,
});

export const granted = (overrides: Partial<Address> = {}): Address => ({
  marketing: 'granted',
  basis: 'opt-in',
  proof: 'a form',
  changedAt: '2026-11-01T00:00:00.000Z',
  applied: [],
  ...overrides,
});

export const becameMql = (
  overrides: Partial<FactOf<'LeadStageChanged'>> = {},
): FactOf<'LeadStageChanged'> => ({
  type: 'LeadStageChanged',
  factId: 'lead-lead-1#2#0',
  leadId: 'lead-1',
  at: tuesday,
  from: 'inquiry',
  to: 'mql',
  cause: { type: 'engagement', id: 'e1' },
  actor: 'baton',
  reason: 'threshold',
  policy: 'default',
  score: 55,
  hot: false,
  ...overrides,
});

export const askedToTalk = (
  overrides: Partial<FactOf<'LeadAskedToTalk'>> = {},
): FactOf<'LeadAskedToTalk'> => ({
  type: 'LeadAskedToTalk',
  factId: 'lead-lead-1#2#1',
  leadId: 'lead-1',
  at: tuesday,
  engagementId: 'e1',
  kind: 'demo-requested',
  occurredAt: tuesday,
  receivedAt: tuesday,
  stage: 'mql',
  hot: true,
  ...overrides,
});

type Options = Readonly<{
  lead?: LeadView;
  policy?: Partial<PolicySourceText>;
  answer?: (n: number, mail: Mail) => SendOutcome;
}>;

/** The nurture room on memory, with one lead and a clock that moves when it is told to. */
export const nurtureWorld = ({ lead = aLead(), policy, answer }: Options = {}) => {
  let now = tuesday;
  const clock = { now: () => now };
  const table = memoryTable();
  const salesTable = memoryTable();
  const nurture = memoryAggregates<NurtureStates>(table);
  const sales = memoryAggregates<HandoffStates & RosterStates>(salesTable);
  const leads = new Map([[lead.leadId, lead]]);
  const mailer = memoryMailer(answer);
  const metrics = memoryMetrics();
  const tokens = memoryTokens(clock);
  const hash = hmacKeyedHash(async () => 'a key for tests only');
  const published = { hash: 'p', sequence: 1, policy: { ...defaultPolicy(policy), texts: ourTexts } };
  const deps = {
    nurture,
    sales,
    leads: { view: async (id: string) => leads.get(id) },
    hash,
    policy: onePolicy(published),
    mailer,
    tokens,
    publicBaseUrl: 'https://baton.example',
    metrics,
    clock,
  };
  const send = makeSendNurtureMail(deps);
  const put = async <K extends keyof NurtureStates>(kind: K, id: string, state: NurtureStates[K]) => {
    const { version } = await nurture.load(kind, id);
    await nurture.commit([{ kind, id, version, state, facts: [] }]);
  };
  const putSales = async <K extends keyof (HandoffStates & RosterStates)>(
    kind: K,
    id: string,
    state: (HandoffStates & RosterStates)[K],
  ) => {
    const { version } = await sales.load(kind, id);
    await sales.commit([{ kind, id, version, state, facts: [] }]);
  };
  return {
    deps,
    table,
    mailer,
    metrics,
    tokens,
    leads,
    policy: published.policy,
    enroll: makeEnrollNurture(deps),
    changeConsent: makeChangeConsent(deps),
    links: makeFollowConsentLink(deps),
    send,
    put,
    putSales,
    now: () => now,
    wait: (ms: number) => {
      now = later(now, ms);
    },
    at: (instant: Instant) => {
      now = instant;
    },
    addressId: (email = 'Johanna@customer.example') => hash.of(sameAddress(email)),
    async putAddress(state: Address, email?: string) {
      await put('address', await hash.of(sameAddress(email ?? 'Johanna@customer.example')), state);
    },
    async address(email?: string) {
      return (await nurture.load('address', await hash.of(sameAddress(email ?? 'Johanna@customer.example'))))
        .state;
    },
    enrolments: () =>
      [...table.items.values()]
        .filter(({ kind }) => kind === 'enrolment')
        .map(({ state }) => state as NurtureStates['enrolment']),
    mailbox: async () => (await nurture.load('mailbox', lead.leadId)).state,
    dueAt: (id: string) => table.items.get(`enrolment#${id}`)?.dueAt,
    facts: <T extends StampedFact['type']>(type: T) =>
      table.stream.filter((fact): fact is FactOf<T> => fact.type === type),
    /** All that is due, once each. */
    async tick() {
      const outcomes: string[] = [];
      for (const { id } of await memoryDueIndex(table).due(now, 1000)) outcomes.push(await send(id));
      return outcomes;
    },
    /** Jumps to the next due time until nothing is due up to `until`. */
    async runUntil(until: Instant) {
      for (;;) {
        const [next] = await memoryDueIndex(table).due(until, 1);
        if (next === undefined) break;
        if (next.dueAt > now) now = next.dueAt;
        await send(next.id);
      }
      now = until;
    },
  };
};

export type NurtureWorld = ReturnType<typeof nurtureWorld>;
