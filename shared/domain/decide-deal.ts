import type { DealChanged } from '../events/inbound.ts';
import { decidedWith } from './decided-with.ts';
import type { Decision } from './decision.ts';
import { type Lead, newLead } from './lead.ts';
import { type LeadContext, moveLead } from './move-lead.ts';

/**
 * A deal that was won or lost outside moves the lead from any stage; one that nobody knew begins with it. The newest
 * deal counts, in whichever order they come.
 */
export const decideDeal = (
  lead: Lead | undefined,
  { id, outcome, at, reason = outcome }: DealChanged,
  context: LeadContext,
): Decision<Lead> => {
  const policy = decidedWith(context.policy);
  // A clock that is ahead must not put a stage into the future.
  const happenedAt = at < context.now ? at : context.now;
  const before = lead ?? newLead(happenedAt, policy);
  if (before.deal !== undefined && !isNewerDeal({ id, at }, before.deal)) return { state: before, facts: [] };
  const known: Lead = { ...before, deal: { id, at }, policy };
  const move = {
    by: outcome,
    to: outcome === 'won' ? 'customer' : 'lost',
    cause: { type: 'deal', id },
    actor: 'crm',
    reason,
    at: happenedAt,
  } as const;
  const moved = moveLead(known, move, context);
  return moved.type === 'moved' ? moved : { state: known, facts: [] };
};

type Deal = NonNullable<Lead['deal']>;

/** Two of the same moment: the same one stays, whichever came first. */
export const isNewerDeal = (deal: Deal, known: Deal): boolean =>
  deal.at !== known.at ? deal.at > known.at : deal.id > known.id;
