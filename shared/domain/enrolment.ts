import { hash } from 'node:crypto';
import type { Fact } from '../events/facts.ts';
import type { Campaign } from '../policy/schema.ts';
import type { Enrolment, Mailbox } from './nurture.ts';
import { type Instant, later } from './time.ts';

/** An enrolment and what goes with it, before or after a change. */
export type Nurture = Readonly<{ enrolment: Enrolment; mailbox: Mailbox }>;
export type NurtureDecision = Nurture & Readonly<{ facts: readonly Fact[] }>;

export const emptyMailbox: Mailbox = { marketingSends: [], enrolments: {} };

/** One fact starts a campaign once, however often it comes. Fit for a tag of a mail. */
export const enrolmentIdOf = (factId: string, campaign: string): string =>
  `e-${hash('sha256', JSON.stringify([factId, campaign]), 'base64url').slice(0, 22)}`;

/** When a step is due: steps count from the enrolment. Undefined: there is no such step. */
export const stepAt = (
  { enrolledAt }: Pick<Enrolment, 'enrolledAt'>,
  campaign: Campaign,
  step: number,
): Instant | undefined => {
  const after = campaign.steps[step]?.after;
  return after === undefined ? undefined : later(enrolledAt, after);
};

/**
 * Whether a lead may enter a campaign: not while it is in it, and again only after the campaign's `reentryAfter`.
 * Undefined: it may not.
 */
export const enrol = (
  mailbox: Mailbox,
  campaign: Campaign,
  entry: Pick<Enrolment, 'id' | 'leadId' | 'campaign' | 'about'>,
  now: Instant,
): NurtureDecision | undefined => {
  const before = mailbox.enrolments[entry.campaign];
  if (before !== undefined) {
    if (before.active || campaign.reentryAfter === undefined) return undefined;
    if (now < later(before.at, campaign.reentryAfter)) return undefined;
  }
  const nextAt = stepAt({ enrolledAt: now }, campaign, 0);
  if (nextAt === undefined) return undefined;
  const enrolment: Enrolment = {
    ...entry,
    enrolledAt: now,
    status: 'waiting',
    step: 0,
    nextAt,
    outcomes: [],
  };
  return {
    enrolment,
    mailbox: {
      ...mailbox,
      enrolments: { ...mailbox.enrolments, [entry.campaign]: { id: entry.id, at: now, active: true } },
    },
    facts: [{ type: 'NurtureEnrolled', ...named(enrolment, now) }],
  };
};

/** Leaves the campaign: at once, or as soon as it is known what became of a mail that may be on its way. */
export const exit = (
  { enrolment, mailbox }: Nurture,
  reason: string,
  now: Instant,
): NurtureDecision | undefined => {
  if (enrolment.status === 'finished' || enrolment.status === 'exited') return undefined;
  if (enrolment.status === 'claimed')
    return enrolment.exitReason === undefined
      ? { enrolment: { ...enrolment, exitReason: reason }, mailbox, facts: [] }
      : undefined;
  const { nextAt: _, ...rest } = enrolment;
  return {
    enrolment: { ...rest, status: 'exited', exitReason: reason },
    mailbox: over(mailbox, enrolment),
    facts: [{ type: 'NurtureExited', ...named(enrolment, now), reason }],
  };
};

/** What became of the current step, and on to the next. */
export const completeStep = (
  { enrolment, mailbox }: Nurture,
  campaign: Campaign | undefined,
  outcome: Enrolment['outcomes'][number],
  facts: readonly Fact[],
): NurtureDecision => {
  const { nextAt: _, claimedAt: __, ...rest } = enrolment;
  const done = { ...rest, step: enrolment.step + 1, outcomes: [...enrolment.outcomes, outcome] };
  const at = campaign && stepAt(enrolment, campaign, done.step);
  if (at === undefined && enrolment.exitReason === undefined)
    return { enrolment: { ...done, status: 'finished' }, mailbox: over(mailbox, enrolment), facts };
  const nextAt = at === undefined || at < outcome.at ? outcome.at : at;
  return withPendingExit({ enrolment: { ...done, status: 'waiting', nextAt }, mailbox }, facts, outcome.at);
};

/** The current step is to be looked at again at `until`. */
export const postpone = ({ enrolment, mailbox }: Nurture, until: Instant, now: Instant): NurtureDecision => {
  const { claimedAt: _, ...rest } = enrolment;
  return withPendingExit({ enrolment: { ...rest, status: 'waiting', nextAt: until }, mailbox }, [], now);
};

const withPendingExit = (nurture: Nurture, facts: readonly Fact[], now: Instant): NurtureDecision => {
  const reason = nurture.enrolment.exitReason;
  const left = reason === undefined ? undefined : exit(nurture, reason, now);
  return left === undefined ? { ...nurture, facts } : { ...left, facts: [...facts, ...left.facts] };
};

export const named = ({ id, leadId, campaign }: Enrolment, at: Instant) => ({
  leadId,
  at,
  enrolmentId: id,
  campaign,
});

const over = (mailbox: Mailbox, { id, campaign }: Enrolment): Mailbox => {
  const entry = mailbox.enrolments[campaign];
  return entry?.id === id && entry.active
    ? { ...mailbox, enrolments: { ...mailbox.enrolments, [campaign]: { ...entry, active: false } } }
    : mailbox;
};
