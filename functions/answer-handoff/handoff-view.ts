import * as v from 'valibot';
import { type Handoff, handoffSchema } from '../../shared/domain/handoff.ts';
import { qualificationSchema, withoutNotes } from '../../shared/domain/qualification.ts';

const { paused, outcome } = handoffSchema.entries;

/** Named one by one: what a handoff comes to hold later leaves only when it is added here. */
const shown = v.object({
  ...v.pick(handoffSchema, [
    'id',
    'leadId',
    'status',
    'priority',
    'route',
    'team',
    'holder',
    'assignment',
    'assignedAt',
    'previousHolders',
    'manager',
    'nextManager',
    'flagged',
    'mqlAt',
    'openedAt',
    'answerBy',
    'givenUntil',
    'plan',
    'breachedAt',
    'acceptedAt',
    'contactedAt',
    'contacts',
  ]).entries,
  paused: v.optional(v.pick(paused.wrapped, ['from', 'until', 'by'])),
  qualification: v.optional(v.pipe(qualificationSchema, v.transform(withoutNotes))),
  outcome: v.optional(v.pick(outcome.wrapped, ['type', 'reason', 'by', 'at', 'until'])),
});

/**
 * A handoff for other systems: ids, times and states. Neither what the lead wrote nor what people noted leaves by here,
 * nor the ids that producers gave: they may hold an address.
 */
export const handoffView = (handoff: Handoff) => v.parse(shown, handoff);
