import type { LeadJourney } from '../../../shared/domain/journey.ts';
import type { Stage } from '../../../shared/domain/stage.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** A lead when the history ends. */
export type ReplayedLead = Readonly<{
  /** The producer's id for the person, else ours; never an address. */
  name: string;
  origin: string;
  /** Of its first engagement, YYYY-MM. */
  month: string;
  since: Instant;
  stage: Stage;
  furthest: Stage;
  journey: LeadJourney;
}>;

/** How many ever reached each stage; who skipped one is not counted in it. */
export type Funnel = Readonly<{ leads: number; mqls: number; sals: number; sqls: number; customers: number }>;

export const funnelOf = (leads: readonly ReplayedLead[]): Funnel => {
  const reached = (stage: 'mqlAt' | 'salAt' | 'sqlAt' | 'customerAt') =>
    leads.filter(({ journey }) => journey[stage] !== undefined).length;
  return {
    leads: leads.length,
    mqls: reached('mqlAt'),
    sals: reached('salAt'),
    sqls: reached('sqlAt'),
    customers: reached('customerAt'),
  };
};

/** All leads, then by origin, the largest first. */
export const funnelByOrigin = (leads: readonly ReplayedLead[]): Readonly<Record<string, Funnel>> => ({
  all: funnelOf(leads),
  ...Object.fromEntries(
    groups(leads, ({ origin }) => origin).sort(([a, x], [b, y]) => y.leads - x.leads || (a < b ? -1 : 1)),
  ),
});

/** By the month in which a lead came, oldest first. */
export const funnelByMonth = (leads: readonly ReplayedLead[]): Readonly<Record<string, Funnel>> =>
  Object.fromEntries(groups(leads, ({ month }) => month).sort(([a], [b]) => (a < b ? -1 : 1)));

const groups = (leads: readonly ReplayedLead[], keyOf: (lead: ReplayedLead) => string): [string, Funnel][] =>
  [...Map.groupBy(leads, keyOf)].map(([key, group]) => [key, funnelOf(group)]);
