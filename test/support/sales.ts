import type { Handoff } from '../../shared/domain/handoff.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import type { Person, Roster } from '../../shared/domain/roster.ts';

/** People, a handoff and a lead for tests about what sales is told. It is Monday, 10:00 UTC. */
export const monday = '2026-11-23T10:00:00.000Z';

const person = (id: string, name: string, over: Partial<Person> = {}): Person => ({
  id,
  name,
  email: `${id}@ours.example`,
  locale: 'en',
  capacity: 10,
  away: [],
  ...over,
});

export const aRoster = (): Roster => ({
  people: [
    person('rita', 'Rita Rep', { locale: 'de' }),
    person('ron', 'Ron Rep', { calendar: 'uk' }),
    person('mia', 'Mia Manager', { capacity: 0 }),
    person('nora', 'Nora Next', { capacity: 0 }),
  ],
  teams: [{ name: 'dach', members: ['rita', 'ron'], manager: 'mia', nextManager: 'nora', calendar: 'dach' }],
});

export const aHandoff = (over: Partial<Handoff> = {}): Handoff => ({
  id: 'h-1',
  leadId: 'l-1',
  cause: { type: 'engagement', id: 'e-1' },
  status: 'open',
  priority: 'normal',
  mqlAt: '2026-11-20T10:00:00.000Z',
  openedAt: '2026-11-20T10:00:00.000Z',
  asked: { engagementId: 'e-1', kind: 'demo-requested', occurredAt: '2026-11-20T10:00:00.000Z' },
  route: 'dach',
  team: 'dach',
  holder: 'rita',
  assignment: 1,
  assignedAt: '2026-11-20T10:00:00.000Z',
  previousHolders: [],
  manager: 'mia',
  nextManager: 'nora',
  flagged: false,
  plan: {
    accept: {
      dueAt: '2026-11-23T10:00:00.000Z',
      tiers: [
        { name: 'breach', do: 'breach', at: '2026-11-23T10:00:00.000Z' },
        { name: 'escalate', do: 'escalate', at: '2026-11-24T10:00:00.000Z' },
      ],
    },
  },
  decided: [],
  breachedAt: {},
  evidence: {
    score: 62,
    engagement: 40,
    fit: 22,
    reasons: [
      { label: { en: 'Asked for a demo', de: 'Demo angefragt' }, points: 40, count: 1 },
      { label: { en: 'Read the guide', de: 'Leitfaden gelesen' }, points: 12, count: 2 },
      { label: { en: 'Unsubscribed', de: 'Abgemeldet' }, points: -5, count: 1 },
      { label: { en: 'Visited', de: 'Besuch' }, points: 3, count: 3 },
    ],
    activities: [
      {
        label: { en: 'Asked for a demo', de: 'Demo angefragt' },
        occurredAt: '2026-11-20T10:00:00.000Z',
        origin: 'newsletter',
      },
    ],
    answers: { challenge: 'Leads get lost <b>often</b>' },
  },
  ...over,
});

export const aLeadView = (over: Partial<LeadView> = {}): LeadView => {
  const at = '2026-11-20T10:00:00.000Z';
  return {
    leadId: 'l-1',
    stage: 'mql',
    stageAt: at,
    score: 62,
    engagement: 40,
    fit: 22,
    hot: false,
    segment: 'mid',
    unserved: false,
    locale: 'de',
    country: 'DE',
    companyDomain: 'weber.example',
    evidence: aHandoff().evidence,
    profile: {
      firstName: { value: 'Johanna', at },
      lastName: { value: 'Weber', at },
      email: { value: 'johanna@weber.example', at },
      company: { value: 'Weber & Söhne', at },
    },
    ...over,
  };
};
