import * as v from 'valibot';
import { stages } from '../domain/stage.ts';
import { defineEvent, type EventOf } from './define-event.ts';

/**
 * Facts: what Baton decided, in the past tense. They carry ids, never an e-mail address or a name.
 * Their ids are stamped when they are saved (`<aggregate>#<version>#<i>`), so the same decision always bears the same id.
 * @__NO_SIDE_EFFECTS__
 */
function fact<const T extends string, E extends v.ObjectEntries>(type: T, makeEntries: () => E) {
  return defineEvent(type, () =>
    v.object({ factId: v.string(), leadId: v.string(), at: v.string(), ...makeEntries() }),
  );
}

/** @__NO_SIDE_EFFECTS__ */
function handoffFact<const T extends string, E extends v.ObjectEntries>(type: T, makeEntries: () => E) {
  return fact(type, () => ({ handoffId: v.string(), ...makeEntries() }));
}

/** @__NO_SIDE_EFFECTS__ */
function nurtureFact<const T extends string, E extends v.ObjectEntries>(type: T, makeEntries: () => E) {
  return fact(type, () => ({ enrolmentId: v.string(), campaign: v.string(), ...makeEntries() }));
}

const stage = v.picklist(stages);
const priority = v.picklist(['normal', 'hot']);
const deadline = v.picklist(['accept', 'firstContact', 'qualify']);

/** Why something moved. `engagement` ids are the producer's; `fact` ids are ours. */
const cause = v.object({
  type: v.picklist(['engagement', 'profile', 'fact', 'command', 'deal', 'due']),
  id: v.string(),
});
export type Cause = v.InferOutput<typeof cause>;

export const leadStageChanged = fact('LeadStageChanged', () => ({
  from: stage,
  to: stage,
  cause,
  /** Who: `baton`, a rep's id, or the system that sent the command. */
  actor: v.string(),
  /** In the policy's words: `threshold`, `intent`, `cold`, or a reason for rejection. */
  reason: v.string(),
  policy: v.string(),
  /** As shown: a whole number. */
  score: v.number(),
  /** The engagement that asked to talk, where that is why. */
  asked: v.optional(
    v.object({ engagementId: v.string(), kind: v.string(), occurredAt: v.string(), receivedAt: v.string() }),
  ),
  hot: v.boolean(),
  /** End of the rest, for `recycled`. */
  restUntil: v.optional(v.string()),
  /** Stages on the path that were left out. */
  skipped: v.optional(v.array(stage)),
  /** It happened before, elsewhere: it starts nothing. */
  imported: v.optional(v.literal(true)),
}));

/** Somebody wants to talk: told in every stage, once for each such engagement. */
export const leadAskedToTalk = fact('LeadAskedToTalk', () => ({
  engagementId: v.string(),
  kind: v.string(),
  occurredAt: v.string(),
  receivedAt: v.string(),
  /** The stage after the engagement was counted. */
  stage,
  hot: v.boolean(),
}));

/**
 * A lead that sales has, or is about to get, has become hot, or is hot no longer: told once for each change, with the
 * write in which that shows. One that becomes an MQL says so in its `LeadStageChanged`.
 */
export const leadPriorityChanged = fact('LeadPriorityChanged', () => ({
  from: priority,
  to: priority,
  stage,
  /** As shown: a whole number. */
  score: v.number(),
  cause,
  /** It asked to talk in the same moment: that is told in a `LeadAskedToTalk`. */
  asks: v.optional(v.literal(true)),
}));

/**
 * A person found that two leads are one. Whatever is about `leadId` is about `into` from now on, which has taken over
 * what the other one was: its stage is the further one of both. That is no move of its own, and starts nothing.
 */
export const leadMerged = fact('LeadMerged', () => ({
  into: v.string(),
  by: v.string(),
  /** The command. */
  commandId: v.string(),
  /** Of the lead that stays, before and after. */
  from: stage,
  to: stage,
  policy: v.string(),
  /** Keyed hashes of the addresses of both. */
  addresses: v.array(v.string()),
}));

/** An engagement of a kind that some campaign starts with. */
export const leadEngaged = fact('LeadEngaged', () => ({
  engagementId: v.string(),
  kind: v.string(),
  occurredAt: v.string(),
}));

/** The lead said something about marketing mail, or was asked to confirm it. */
export const consentStated = fact('ConsentStated', () => ({
  basis: v.picklist(['opt-in', 'double-opt-in', 'confirmed']),
  statedAt: v.string(),
  proof: v.string(),
  /** It was said before, elsewhere: nobody is asked to confirm it. */
  imported: v.optional(v.literal(true)),
}));

export const handoffOpened = handoffFact('HandoffOpened', () => ({
  /** Absent: nobody holds it, and `none` says why. */
  holder: v.optional(v.string()),
  team: v.optional(v.string()),
  none: v.optional(v.string()),
  /** Nobody holds it, but this person was told. */
  told: v.optional(v.string()),
  route: v.string(),
  priority,
  acceptBy: v.optional(v.string()),
  /** Everybody was away or full. */
  flagged: v.boolean(),
}));

export const handoffReplanned = handoffFact('HandoffReplanned', () => ({
  priority,
  acceptBy: v.optional(v.string()),
}));
export const handoffWithdrawn = handoffFact('HandoffWithdrawn', () => ({ reason: v.string() }));

/** Its lead was merged into another one. Holder, plan and deadlines are as they were. */
export const handoffMoved = handoffFact('HandoffMoved', () => ({ from: v.string() }));

/** A lead that nobody is to accept (or somebody has already) asked to talk, or has become hot: its rep is told at once. */
export const repAlerted = fact('RepAlerted', () => ({
  handoffId: v.optional(v.string()),
  rep: v.string(),
  /** Who owns the account: a customer's, or one of which no handoff runs. */
  owner: v.optional(v.literal(true)),
  /** `hot`: it became so. Else the status of its handoff, the lead's stage, or the route that led to nobody. */
  reason: v.string(),
  /** Absent where it became hot by something else. */
  engagementId: v.optional(v.string()),
}));

const tierEntries = { deadline, holder: v.string(), assignment: v.number(), dueAt: v.string(), priority };
export const handoffReminded = handoffFact('HandoffReminded', () => ({ ...tierEntries, tier: v.string() }));
export const handoffBreached = handoffFact('HandoffBreached', () => ({
  ...tierEntries,
  manager: v.string(),
}));
export const handoffEscalated = handoffFact('HandoffEscalated', () => ({
  ...tierEntries,
  manager: v.string(),
}));
export const handoffReassigned = handoffFact('HandoffReassigned', () => ({
  ...tierEntries,
  from: v.string(),
  reason: v.string(),
}));
/** A manager gave its holder more time to answer. The deadline itself, and what was told of it, stay. */
export const handoffGivenUntil = handoffFact('HandoffGivenUntil', () => ({
  holder: v.string(),
  assignment: v.number(),
  by: v.string(),
  until: v.string(),
}));
export const handoffPulledBack = handoffFact('HandoffPulledBack', () => ({
  reason: v.string(),
  holder: v.string(),
}));

export const handoffAccepted = handoffFact('HandoffAccepted', () => ({ by: v.string(), late: v.boolean() }));
export const handoffRejected = handoffFact('HandoffRejected', () => ({
  by: v.string(),
  reason: v.string(),
  until: v.optional(v.string()),
}));
export const handoffContacted = handoffFact('HandoffContacted', () => ({ by: v.string(), how: v.string() }));
/** Its later deadlines wait. Why stands in the handoff, in the rep's words. */
export const handoffPaused = handoffFact('HandoffPaused', () => ({ by: v.string(), until: v.string() }));
export const handoffQualified = handoffFact('HandoffQualified', () => ({ by: v.string() }));

export const nurtureEnrolled = nurtureFact('NurtureEnrolled', () => ({}));
export const nurtureExited = nurtureFact('NurtureExited', () => ({ reason: v.string() }));
const step = { step: v.string(), stream: v.picklist(['marketing', 'service']) };
export const nurtureMailSent = nurtureFact('NurtureMailSent', () => ({
  ...step,
  locale: v.picklist(['en', 'de']),
}));
export const nurtureMailSkipped = nurtureFact('NurtureMailSkipped', () => ({ ...step, reason: v.string() }));

/** What may be mailed to the lead's address from now on. */
export const consentChanged = fact('ConsentChanged', () => ({
  marketing: v.picklist(['granted', 'requested', 'opted-out']),
  reason: v.string(),
}));

export const factDefinitions = [
  leadStageChanged,
  leadAskedToTalk,
  leadPriorityChanged,
  leadMerged,
  leadEngaged,
  consentStated,
  handoffOpened,
  handoffReplanned,
  handoffWithdrawn,
  handoffMoved,
  repAlerted,
  handoffReminded,
  handoffBreached,
  handoffEscalated,
  handoffReassigned,
  handoffGivenUntil,
  handoffPulledBack,
  handoffAccepted,
  handoffRejected,
  handoffContacted,
  handoffPaused,
  handoffQualified,
  nurtureEnrolled,
  nurtureExited,
  nurtureMailSent,
  nurtureMailSkipped,
  consentChanged,
] as const;

type Definition = (typeof factDefinitions)[number];
type Named<D extends Definition> = D extends Definition ? Readonly<{ type: D['type'] } & EventOf<D>> : never;

export type FactType = Definition['type'];
/** A fact as consumers meet it. */
export type StampedFact = Named<Definition>;
/** A fact as decisions return it: not yet saved, so without an id. */
export type Fact = StampedFact extends infer F ? (F extends StampedFact ? Omit<F, 'factId'> : never) : never;
export type FactOf<T extends FactType> = Extract<StampedFact, { type: T }>;

/** Gives the facts of one saved change their ids. Decided again, the same change gets the same ids. */
export const stampFacts = (aggregate: string, version: number, facts: readonly Fact[]): StampedFact[] =>
  facts.map((fact, i) => ({ ...fact, factId: `${aggregate}#${version}#${i}` }) as StampedFact);
