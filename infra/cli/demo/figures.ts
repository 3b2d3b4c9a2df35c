import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { stages } from '../../../shared/domain/stage.ts';
import type { Sla } from '../../../shared/policy/schema.ts';
import { decidedTiers } from './accept-deadline.ts';
import type { Fed, Snapshot } from './snapshot.ts';

export type Figures = ReturnType<typeof figuresOf>;

/** What a run came to, in numbers. */
export const figuresOf = ({
  fed,
  snapshot,
  tiers,
  seconds,
}: Readonly<{ fed: Fed; snapshot: Snapshot; tiers: Sla['tiers']; seconds: number }>) => {
  const { leads, handoffs, mails } = snapshot;
  const distinct = new Set([...fed.distinct].map(engagementRef));
  const stored = leads.flatMap(({ engagements }) => engagements).filter((id) => distinct.has(id));
  const held = handoffs.filter(({ holder }) => holder !== undefined);
  const marketing = (locale: string) =>
    mails.filter((mail) => mail.stream === 'marketing' && mail.locale === locale).length;
  return {
    leads: leads.length,
    events: {
      sent: fed.sent,
      distinct: fed.distinct.size,
      /** Entries in timelines: more than `distinct` would mean that something was scored twice. */
      scored: stored.length,
      duplicates: fed.sent - fed.rejectable - fed.distinct.size,
      rejected: snapshot.rejected.length,
      lost: fed.distinct.size - new Set(stored).size,
    },
    stages: Object.fromEntries(
      stages.map((stage) => [stage, leads.filter((lead) => lead.stage === stage).length]),
    ),
    handoffs: {
      opened: held.length,
      /** Recorded, but for nobody to answer. */
      none: handoffs.length - held.length,
      accepted: held.filter(({ acceptedAt }) => acceptedAt !== undefined).length,
      rejected: withOutcome(held, 'rejected'),
      withdrawn: withOutcome(held, 'withdrawn'),
      breached: held.filter(({ breachedAt }) => breachedAt.accept !== undefined).length,
    },
    escalations: escalationsOf(handoffs, tiers),
    mails: {
      marketing: { en: marketing('en'), de: marketing('de') },
      service: mails.filter(({ stream }) => stream === 'service').length,
      internal: mails.filter(({ stream }) => stream === 'internal').length,
    },
    dlq: Object.values(snapshot.deadLetters).reduce((sum, count) => sum + count, 0),
    rescues: snapshot.rescues,
    seconds,
  };
};

const withOutcome = (handoffs: readonly Handoff[], type: string): number =>
  handoffs.filter(({ outcome }) => outcome?.type === type).length;

const names = {
  remind: 'remind',
  breach: 'breach',
  reassign: 'reassign',
  escalate: 'escalate',
  'pull-back': 'pullBack',
} as const;
type Escalations = Record<(typeof names)[keyof typeof names], number>;

/** What was decided about accept deadlines, by what it does. */
const escalationsOf = (handoffs: readonly Handoff[], tiers: Sla['tiers']): Escalations => {
  const counts: Escalations = { remind: 0, breach: 0, reassign: 0, escalate: 0, pullBack: 0 };
  for (const name of handoffs.flatMap(decidedTiers)) {
    const tier = tiers.find((candidate) => candidate.name === name);
    if (tier !== undefined) counts[names[tier.do]] += 1;
  }
  return counts;
};
