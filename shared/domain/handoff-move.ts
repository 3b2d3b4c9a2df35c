import type { Decision } from './decision.ts';
import type { Handoff, LeadHandoffs } from './handoff.ts';
import type { Instant } from './time.ts';

/** The handoff with another lead: who holds it, and until when it is to be answered, stays. */
export const moveHandoff = (handoff: Handoff, leadId: string, now: Instant): Decision<Handoff> => ({
  state: { ...handoff, leadId },
  facts: [{ type: 'HandoffMoved', leadId, handoffId: handoff.id, at: now, from: handoff.leadId }],
});

/** Of two that one lead must not have both: the one that somebody took on, else the one that waits longer. */
export const whichGoesOn = (one: Handoff, other: Handoff): Handoff => {
  if (one.status !== other.status) return one.status === 'accepted' ? one : other;
  return other.mqlAt < one.mqlAt ? other : one;
};

/** So many asks are remembered of each of the two. */
const heardAtMost = 50;

/** What sales has with a lead together with what it had with one that was merged into it. Only one has a current handoff. */
export const uniteLeadHandoffs = (
  into: LeadHandoffs | undefined,
  from: LeadHandoffs | undefined,
  last: string | undefined,
): LeadHandoffs => {
  const current = into?.current ?? from?.current;
  return {
    ...(current === undefined ? {} : { current }),
    ...(last === undefined ? {} : { last }),
    heard: [...new Set([...(from?.heard ?? []), ...(into?.heard ?? [])])].slice(-heardAtMost),
  };
};
