import type { Decision } from './decision.ts';
import { answerDueAt, type Handoff } from './handoff.ts';
import { hotFrom, type ReplanContext } from './handoff-replan.ts';
import type { LeadOutline } from './lead-view.ts';

/**
 * A handoff follows its lead, which has become hot or is hot no longer. While it is open it gets as urgent as one that
 * opened so at that moment: deadlines only get earlier, and stay where they are when it cools. Of an accepted one nothing
 * but the priority changes. The same state and no facts: it is so already.
 */
export const followLead = (
  handoff: Handoff,
  { hot, since }: NonNullable<LeadOutline['priority']>,
  context: ReplanContext,
): Decision<Handoff> => {
  if (hot && handoff.status === 'open') return hotFrom(handoff, { mql: since }, context);
  const priority = hot ? 'hot' : 'normal';
  if (handoff.priority === priority) return { state: handoff, facts: [] };
  const acceptBy = handoff.status === 'open' ? answerDueAt(handoff) : undefined;
  return {
    state: { ...handoff, priority },
    facts: [
      {
        type: 'HandoffReplanned',
        leadId: handoff.leadId,
        handoffId: handoff.id,
        at: context.now,
        priority,
        ...(acceptBy === undefined ? {} : { acceptBy }),
      },
    ],
  };
};
