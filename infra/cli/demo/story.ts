import { DAY, HOUR, type Instant, later, MINUTE } from '../../../shared/domain/time.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { sampleLeads } from './sample-leads.ts';
import type { StoryLead } from './story-lead.ts';

/** Interested, of the right kind, and left waiting by sales. */
export const john: StoryLead = {
  email: 'john.miller@northwind-tools.example',
  traits: {
    firstName: 'John',
    lastName: 'Miller',
    company: 'Northwind Tools',
    employees: 240,
    industry: 'manufacturing',
    role: 'director',
    country: 'GB',
    language: 'en',
  },
  consent: 'opt-in',
  did: [
    { kind: 'content-downloaded', agoMs: 2 * HOUR, asset: 'guide-to-lead-handoff' },
    { kind: 'newsletter-subscribed', agoMs: HOUR },
    { kind: 'social-engaged', agoMs: 20 * MINUTE },
    { kind: 'page-viewed', agoMs: 10 * MINUTE },
  ],
};

/** The same in German: her mails wait until she confirms that she wants them. */
export const johanna: StoryLead = {
  email: 'johanna.vogt@seilwerk.example',
  traits: {
    firstName: 'Johanna',
    lastName: 'Vogt',
    company: 'Seilwerk AG',
    employees: 320,
    industry: 'logistics',
    role: 'head',
    country: 'DE',
    language: 'de',
  },
  consent: 'double-opt-in',
  did: [
    { kind: 'content-downloaded', agoMs: DAY, asset: 'leitfaden-uebergabe' },
    { kind: 'newsletter-subscribed', agoMs: 3 * HOUR },
    { kind: 'case-study-viewed', agoMs: 40 * MINUTE, asset: 'fallstudie-logistik' },
    { kind: 'page-viewed', agoMs: 30 * MINUTE },
  ],
};

/** What producers send: engagements, and what is known of their leads. */
export type StoryEvents = Readonly<{
  engagements: readonly InboundEvent[];
  profiles: readonly InboundEvent[];
  /** Wrong for ever: nobody can say which engagement it is. */
  rejected: readonly InboundEvent[];
}>;

/** The two leads that ship, and a sample of others, as if it had all happened until `now`. */
export const storyEvents = (
  now: Instant,
  leads: readonly StoryLead[] = [john, johanna, ...sampleLeads],
): StoryEvents => ({
  engagements: leads.flatMap((lead) => engagementsOf(lead, now)).sort(byTime),
  profiles: leads.map((lead) => profileOf(lead, now)),
  rejected: [
    {
      type: 'EngagementRecorded',
      detail: { kind: 'page-viewed', occurredAt: now, lead: { anonymousId: 'without-an-id' } },
    },
  ],
});

const engagementsOf = ({ email, did }: StoryLead, now: Instant): readonly InboundEvent[] =>
  did.map(({ kind, agoMs, asset, answers = {} }, i) => ({
    type: 'EngagementRecorded',
    detail: {
      id: `story-${email.split('@')[0]}-${i + 1}`,
      kind,
      occurredAt: later(now, -agoMs),
      lead: { email },
      source: { origin: 'website', utmCampaign: 'handoff' },
      properties: { ...(asset === undefined ? {} : { asset }), ...answers },
    },
  }));

const profileOf = ({ email, traits, consent }: StoryLead, now: Instant): InboundEvent => ({
  type: 'ProfileChanged',
  detail: {
    id: `story-${email.split('@')[0]}-profile`,
    lead: { email },
    occurredAt: later(now, -3 * DAY),
    traits,
    ...(consent === undefined
      ? {}
      : { consent: { basis: consent, at: later(now, -2 * HOUR), proof: 'newsletter form on the website' } }),
  },
});

const byTime = (a: InboundEvent, b: InboundEvent): number =>
  String(a.detail.occurredAt) < String(b.detail.occurredAt) ? -1 : 1;
