import type { DealChanged } from '../events/inbound.ts';
import { decideDeal } from './decide-deal.ts';
import type { Decision } from './decision.ts';
import type { Lead } from './lead.ts';
import type { LeadDecision } from './lead-priority.ts';
import type { LeadContext } from './move-lead.ts';
import { type Arrivals, statedConsent, takeArrivals } from './take-arrivals.ts';
import { marked } from './would-be-mql.ts';

/** What happened to one lead before Baton was there. */
export type History = Arrivals & Readonly<{ deals: readonly DealChanged[] }>;

/**
 * Takes a lead's history: it is scored and kept like what happens now, but hands nobody off and mails nobody. A lead that
 * it makes an MQL keeps its stage and is marked; a deal moves it, for that is what happened. Told are only what was said
 * about consent, and deals of leads that sales has. Nothing new: the same state, no facts.
 */
export const decideHistory = (
  lead: Lead | undefined,
  { deals, ...arrivals }: History,
  context: LeadContext,
): LeadDecision => {
  const taken = takeArrivals(lead, arrivals, context);
  const consent = statedConsent(taken.profileChanges, context).map((fact) => ({
    ...fact,
    imported: true as const,
  }));
  const followed = [...deals].sort(byTime).reduce<Decision<Lead>>(
    ({ state, facts }, deal) => {
      const next = followPastDeal(state, deal, context);
      return { state: next.state, facts: [...facts, ...next.facts] };
    },
    { state: taken.lead, facts: consent },
  );
  const isNews = taken.isNews || followed.state !== taken.lead;
  const state = isNews ? marked(followed.state, context) : followed.state;
  return { ...followed, state, entries: taken.entries, isPast: true };
};

const byTime = (a: DealChanged, b: DealChanged): number =>
  a.at !== b.at ? (a.at < b.at ? -1 : 1) : a.id < b.id ? -1 : 1;

/**
 * A deal that ended before the lead came where it is now does not undo that. Of a lead that sales has, others must know:
 * its handoff is taken back, its campaigns end.
 */
const followPastDeal = (lead: Lead, deal: DealChanged, context: LeadContext): Decision<Lead> => {
  const { state, facts } = decideDeal(lead, deal, context);
  if (state === lead) return { state, facts: [] };
  if (lead.stage !== 'inquiry' && deal.at < lead.stageAt)
    return {
      state: { ...lead, deal: { id: deal.id, at: deal.at }, policy: state.policy },
      facts: [],
    };
  const isWithSales = lead.stage === 'mql' || lead.stage === 'sal' || lead.stage === 'sql';
  return { state, facts: isWithSales ? facts.map((fact) => ({ ...fact, imported: true })) : [] };
};
