import { DAY, instantOf, MINUTE } from '../../../shared/domain/time.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { seededRandom } from '../seeded-random.ts';

/** What leads do, by how often: a mix as websites have it, with few who ask for something. */
const mix: readonly (readonly [kind: string, weight: number])[] = [
  ['page-viewed', 62],
  ['email-opened', 12],
  ['email-clicked', 8],
  ['case-study-viewed', 6],
  ['content-downloaded', 5],
  ['pricing-viewed', 4],
  ['webinar-registered', 2],
  ['demo-requested', 1],
];
const drawn: readonly string[] = mix.flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind));

export type SampleEvents = Readonly<{
  profiles: readonly InboundEvent[];
  engagements: readonly Readonly<{ at: string; event: InboundEvent }>[];
}>;

/**
 * Known leads, each with so many engagements at random within thirty days, and a profile of each. The same numbers give the
 * same events.
 */
export const sampleEvents = (leads: number, eventsPerLead: number, start: number): SampleEvents => {
  const random = seededRandom(7);
  const kindOf = (): string => drawn[Math.floor(random() * drawn.length)] ?? 'page-viewed';
  const emailOf = (lead: number) => `lead-${lead}@company-${lead % 97}.example`;
  const engagements = Array.from({ length: leads * eventsPerLead }, (_, i) => {
    const at = instantOf(start + MINUTE + Math.floor(random() * 30 * DAY));
    const detail = {
      id: `e-${i}-${Math.floor(random() * 2 ** 32).toString(16)}`,
      kind: kindOf(),
      occurredAt: at,
      lead: { email: emailOf(i % leads) },
      source: { origin: 'website', utmSource: 'newsletter', landingPage: 'https://acme.example/pricing' },
      properties: { asset: `asset-${Math.floor(random() * 20)}`, path: '/solutions/logistics' },
    };
    return { at, event: { type: 'EngagementRecorded', detail } };
  });
  return {
    profiles: Array.from({ length: leads }, (_, lead) => ({
      type: 'ProfileChanged',
      detail: {
        id: `p-${lead}`,
        occurredAt: instantOf(start),
        lead: { email: emailOf(lead) },
        traits: {
          firstName: 'Ada',
          lastName: 'Berg',
          company: `Company ${lead % 97}`,
          employees: 10 + (lead % 7) * 100,
          industry: 'logistics',
          role: 'head of operations',
          country: 'DE',
        },
      },
    })),
    engagements: engagements.sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
};
