import { decideDeal } from '../../shared/domain/decide-deal.ts';
import { decideDue } from '../../shared/domain/decide-due.ts';
import { decideHandoffOutcome } from '../../shared/domain/decide-handoff-outcome.ts';
import type { Handoff, HandoffStates } from '../../shared/domain/handoff.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { decideActivation } from '../../shared/domain/would-be-mql.ts';
import type { ActivateLead } from '../../shared/events/commands.ts';
import type { Due } from '../../shared/events/due.ts';
import type { Cause } from '../../shared/events/facts.ts';
import type { DealChanged } from '../../shared/events/inbound.ts';
import { readFact } from '../../shared/events/read-fact.ts';
import { type ChangeLeadDeps, type LeadOutcome, makeChangeLead } from '../../shared/leads/change-lead.ts';
import { makeKeepProfile } from '../../shared/leads/keep-profile.ts';
import { makeResolveLead } from '../../shared/leads/resolve-lead.ts';
import type { Aggregates, KeyedHash } from '../../shared/ports.ts';

export type AdvanceLeadDeps = ChangeLeadDeps &
  Readonly<{ handoffs: Pick<Aggregates<HandoffStates>, 'load'>; keyedHash: KeyedHash }>;

/** What facts about handoffs have in common; what has become of the handoff is read from itself. */
export type HandoffNudge = Readonly<{ factId: string; leadId: string; handoffId: string }>;

/** Moves leads along the path: as their handoffs were answered, as deals end, and as time passes. */
export const makeAdvanceLead = (deps: AdvanceLeadDeps) => {
  const changeLead = makeChangeLead(deps);
  const keepProfile = makeKeepProfile(deps.records);
  const resolveLead = makeResolveLead(deps);

  const followHandoff = (leadId: string, handoffId: string, cause: Cause): Promise<LeadOutcome> =>
    changeLead(leadId, async () => {
      const { state: handoff } = await deps.handoffs.load('handoff', handoffId);
      return (lead, context) =>
        lead === undefined || handoff === undefined || !isOf(handoff, lead, context.leadId)
          ? undefined
          : decideHandoffOutcome(lead, handoff, cause, context);
    });

  return {
    /** A fact about a handoff is a nudge: the lead follows what the handoff is now. */
    handoff: ({ factId, leadId, handoffId }: HandoffNudge): Promise<LeadOutcome> =>
      followHandoff(leadId, handoffId, { type: 'fact', id: factId }),

    /** A deal outside; of a lead that nobody knew it makes one. */
    async deal(deal: DealChanged, receivedAt: Instant): Promise<LeadOutcome> {
      const leadId = await resolveLead(deal.lead);
      const { email } = deal.lead;
      const at = deal.at < receivedAt ? deal.at : receivedAt;
      return changeLead(leadId, async (atHand) => {
        if (email !== undefined) await keepProfile(atHand.leadId, [{ at, email, passing: true }]);
        return (lead, context) => decideDeal(lead, deal, context);
      });
    },

    /** Somebody lets a lead go on that its history would have made an MQL. */
    activate: ({ leadId, by }: ActivateLead): Promise<LeadOutcome> =>
      changeLead(
        leadId,
        () => (lead, context) => (lead === undefined ? undefined : decideActivation(lead, { by }, context)),
      ),

    /**
     * A lead has come due: it goes cold, its rest ends, or the handoff of a new MQL did not tell of itself and is looked
     * up. One that does not exist is for reconcile: the lead stays due. `merged`: it is another one now, and has nothing
     * else to do than to see that this is complete.
     */
    async due({ id }: Due): Promise<LeadOutcome | 'merged'> {
      const { state } = await deps.leads.load(id);
      if (state?.mergedInto !== undefined) return 'merged';
      const mql = state?.unconfirmed === undefined ? undefined : readFact(state.unconfirmed);
      // The fact may name a lead that was merged into this one: so does its handoff.
      if (mql?.type === 'LeadStageChanged')
        return followHandoff(id, handoffIdOf(mql.leadId, mql.cause.id), {
          type: 'due',
          id: `grace-${state?.stageAt}`,
        });
      return changeLead(
        id,
        () => (lead, context) => (lead === undefined ? undefined : decideDue(lead, context)),
      );
    },
  };
};

/** Its own, or of one that it absorbed. */
const isOf = (handoff: Handoff, { absorbed = [] }: Lead, leadId: string): boolean =>
  handoff.leadId === leadId || absorbed.some(({ id }) => id === handoff.leadId);
