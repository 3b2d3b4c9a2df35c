import * as v from 'valibot';
import { contactKinds } from '../domain/contact-kinds.ts';
import { once } from '../domain/once.ts';
import { judgements } from '../domain/qualification.ts';
import { defineEvent, type EventOf, idSchema, instantSchema, text } from './define-event.ts';
import { isUsualEngagement, kindPattern } from './usual-engagement.ts';

/** Who did it, as the producer knows them; the strongest name wins: user id, e-mail, anonymous id. */
export const leadReferenceSchema = once(() =>
  v.pipe(
    v.strictObject({
      userId: v.optional(idSchema),
      email: v.optional(v.pipe(text(254), v.trim(), v.email())),
      anonymousId: v.optional(idSchema),
    }),
    v.check(
      ({ userId, email, anonymousId }) => (userId ?? email ?? anonymousId) !== undefined,
      'userId, email or anonymousId is needed',
    ),
  ),
);
export type LeadReference = v.InferOutput<ReturnType<typeof leadReferenceSchema>>;

/** Where an engagement came from. */
const source = () =>
  v.strictObject({
    origin: v.optional(text(200)),
    referrer: v.optional(text(2000)),
    landingPage: v.optional(text(2000)),
    utmSource: v.optional(text(200)),
    utmMedium: v.optional(text(200)),
    utmCampaign: v.optional(text(200)),
    utmTerm: v.optional(text(200)),
    utmContent: v.optional(text(200)),
    qr: v.optional(text(200)),
  });

/** By hand: a union tries one after the other, and says of each what is wrong. */
const property = () =>
  v.custom<string | number | boolean>((value) => {
    switch (typeof value) {
      case 'string':
        return value.length <= 2000;
      case 'number':
        return Number.isFinite(value);
      default:
        return typeof value === 'boolean';
    }
  });
const properties = () =>
  v.pipe(
    v.record(v.string(), property()),
    v.check((entries) => {
      const names = Object.keys(entries);
      return names.length <= 50 && names.every((name) => name.length <= 100);
    }, 'at most 50 properties, with names of at most 100 characters'),
  );

/** One thing a lead did. `id` is the producer's and identifies the engagement for ever. */
export const engagementRecorded = defineEvent(
  'EngagementRecorded',
  () =>
    v.strictObject({
      id: idSchema,
      kind: v.pipe(text(64), v.regex(kindPattern)),
      occurredAt: v.optional(instantSchema),
      lead: leadReferenceSchema(),
      source: v.optional(source()),
      properties: v.optional(properties()),
    }),
  isUsualEngagement,
);
export type EngagementRecorded = EventOf<typeof engagementRecorded>;

/** Traits of a person, and what they said about marketing mail. Never overrides an opt-out. */
export const profileChanged = defineEvent('ProfileChanged', () =>
  v.strictObject({
    id: idSchema,
    lead: leadReferenceSchema(),
    occurredAt: v.optional(instantSchema),
    traits: v.optional(
      v.strictObject({
        firstName: v.optional(text(100)),
        lastName: v.optional(text(100)),
        company: v.optional(text(200)),
        employees: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000))),
        industry: v.optional(text(100)),
        role: v.optional(text(100)),
        country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
        language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}(-[A-Za-z0-9]{2,8})*$/))),
        timeZone: v.optional(text(64)),
        /** As `30-39`. It counts only where the policy says so. */
        ageBand: v.optional(text(20)),
        phone: v.optional(text(50)),
      }),
    ),
    /**
     * `opt-in`: they said yes and `proof` says where; `double-opt-in`: they are still to confirm by mail; `confirmed`: they
     * did confirm, by a mail of somebody else's, and `proof` says of whose and when.
     */
    consent: v.optional(
      v.strictObject({
        basis: v.picklist(['opt-in', 'double-opt-in', 'confirmed']),
        at: instantSchema,
        proof: text(500),
      }),
    ),
  }),
);
export type ProfileChanged = EventOf<typeof profileChanged>;

/** What the CRM knows of a company. */
export const accountChanged = defineEvent('AccountChanged', () =>
  v.strictObject({
    id: idSchema,
    domain: v.pipe(text(253), v.toLowerCase(), v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)),
    status: v.picklist(['none', 'prospect', 'customer']),
    owner: v.optional(idSchema),
    openDeal: v.optional(v.boolean(), false),
    at: instantSchema,
  }),
);
export type AccountChanged = EventOf<typeof accountChanged>;

const judgement = v.picklist(judgements);
/** `met`, or with a note. */
const finding = v.union([judgement, v.strictObject({ judgement, note: v.optional(text(500)) })]);
const qualification = v.strictObject({
  budget: v.optional(finding),
  authority: v.optional(finding),
  need: v.optional(finding),
  timeline: v.optional(finding),
  location: v.optional(finding),
});

/** What a person in sales says to a handoff, from whichever side it comes. */
export const answerSchema = v.variant('type', [
  v.strictObject({ type: v.literal('accept'), qualification: v.optional(qualification) }),
  v.strictObject({
    type: v.literal('reject'),
    reason: v.pipe(text(64), v.regex(/^[a-z0-9-]+$/)),
    note: v.optional(text(1000)),
    until: v.optional(instantSchema),
  }),
  v.strictObject({ type: v.literal('contact'), how: v.picklist(contactKinds) }),
  v.strictObject({
    type: v.literal('pause'),
    until: instantSchema,
    reason: v.pipe(text(500), v.minLength(1)),
  }),
  /** What is known by now: whether that makes an SQL, the policy says. */
  v.strictObject({ type: v.literal('qualify'), qualification }),
]);
export type Answer = v.InferOutput<typeof answerSchema>;

/**
 * An answer from the CRM or any other system of the user's. `by` is the rep's id in the roster. `at`, when they said it,
 * orders what is said of the qualification.
 */
export const handoffAnswered = defineEvent('HandoffAnswered', () =>
  v.strictObject({
    id: idSchema,
    handoffId: idSchema,
    by: idSchema,
    at: v.optional(instantSchema),
    answer: answerSchema,
  }),
);
export type HandoffAnswered = EventOf<typeof handoffAnswered>;

/** A deal of a lead was won or lost outside of Baton. */
export const dealChanged = defineEvent('DealChanged', () =>
  v.strictObject({
    id: idSchema,
    lead: leadReferenceSchema(),
    outcome: v.picklist(['won', 'lost']),
    at: instantSchema,
    reason: v.optional(text(200)),
  }),
);
export type DealChanged = EventOf<typeof dealChanged>;

/** All that producers may put on the bus. */
export const inboundEvents = [
  engagementRecorded,
  profileChanged,
  accountChanged,
  handoffAnswered,
  dealChanged,
] as const;
