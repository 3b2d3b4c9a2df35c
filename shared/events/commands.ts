import * as v from 'valibot';
import { once } from '../domain/once.ts';
import { verdicts } from '../domain/verdict.ts';
import { defineEvent, type EventOf, idSchema, instantSchema, text } from './define-event.ts';
import {
  accountChanged,
  dealChanged,
  engagementRecorded,
  leadReferenceSchema,
  profileChanged,
} from './inbound.ts';

/** What can have happened before. */
export const pastEventSchema = once(() =>
  v.variant('type', [
    v.strictObject({ type: v.literal(engagementRecorded.type), detail: engagementRecorded.schema }),
    v.strictObject({ type: v.literal(profileChanged.type), detail: profileChanged.schema }),
    v.strictObject({ type: v.literal(accountChanged.type), detail: accountChanged.schema }),
    v.strictObject({ type: v.literal(dealChanged.type), detail: dealChanged.schema }),
  ]),
);

export type PastEvent = v.InferOutput<ReturnType<typeof pastEventSchema>>;

/**
 * What happened before Baton was there, of one lead or one company: it is scored and kept, and starts nothing. It never
 * takes the bus, where every producer could call its events history.
 */
export const historyImported = defineEvent('HistoryImported', () =>
  v.strictObject({ events: v.pipe(v.array(pastEventSchema()), v.minLength(1), v.maxLength(100)) }),
);
export type HistoryImported = EventOf<typeof historyImported>;

/** Somebody lets a lead go on that history would have made an MQL. */
export const activateLead = defineEvent('ActivateLead', () =>
  v.strictObject({
    leadId: idSchema,
    /** Who decided it. */
    by: idSchema,
  }),
);
export type ActivateLead = EventOf<typeof activateLead>;

/** Why a person decided it. It stays with the lead and goes into no fact, for it may name people. */
const reason = v.pipe(text(300), v.trim(), v.minLength(1));

/**
 * Somebody says whether an engagement counts. It never takes the bus: who may judge engagements may make MQLs, and take
 * points from anybody. It may come before its engagement, and before anything else of the lead.
 */
export const engagementJudged = defineEvent('EngagementJudged', () =>
  v.pipe(
    v.strictObject({
      id: idSchema,
      leadId: v.optional(idSchema),
      lead: v.optional(leadReferenceSchema()),
      engagementId: idSchema,
      verdict: v.picklist(verdicts),
      /** The highest counts. Milliseconds of a person's clock; what programs find begins at 0. */
      sequence: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      by: idSchema,
      reason,
      at: v.optional(instantSchema),
    }),
    v.check(({ leadId, lead }) => (leadId === undefined) !== (lead === undefined), 'either leadId or lead'),
  ),
);
export type EngagementJudged = EventOf<typeof engagementJudged>;

const manualMove = () => v.strictObject({ id: idSchema, leadId: idSchema, by: idSchema, reason });

/** Somebody makes a lead an MQL, whatever its points are. */
export const promoteLead = defineEvent('PromoteLead', manualMove);
/** Somebody takes a lead back from sales, to nurture. */
export const demoteLead = defineEvent('DemoteLead', manualMove);
export type ManualMove = EventOf<typeof promoteLead>;

/**
 * Somebody found that two leads are one person. It never takes the bus: a producer's events name leads, and must not join
 * those of others.
 */
export const mergeLeads = defineEvent('MergeLeads', () =>
  v.strictObject({ id: idSchema, leadIds: v.strictTuple([idSchema, idSchema]), by: idSchema, reason }),
);
export type MergeLeads = EventOf<typeof mergeLeads>;

/** Somebody lets a lead be judged by the policy in force, whatever its timeline is, and become an MQL if that makes it one. */
export const applyPolicy = defineEvent('ApplyPolicy', () =>
  v.strictObject({
    leadId: idSchema,
    by: idSchema,
    /** The publication that they looked at: where another is in force meanwhile, nothing happens. */
    sequence: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  }),
);
export type ApplyPolicy = EventOf<typeof applyPolicy>;
