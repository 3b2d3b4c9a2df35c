import type { Campaign, Policy } from '../policy/schema.ts';
import { exitReason } from './campaign-exit.ts';
import type { LeadOutline } from './lead-view.ts';
import { nextWithinCap } from './mail-cap.ts';
import { leadZone, nextInMailWindow } from './mail-window.ts';
import type { Address, Enrolment, Mailbox } from './nurture.ts';
import type { Answerer } from './nurture-answer.ts';
import { DAY, HOUR, type Instant, later, MINUTE } from './time.ts';

/** All that a step depends on, as read just before it. */
export type StepContext = Readonly<{
  enrolment: Enrolment;
  mailbox: Mailbox;
  /** Undefined: nothing is known of the address, or the lead has none. */
  address: Address | undefined;
  hasAddress: boolean;
  /** The lead is just being merged: what it was mailed, and what it may be, is not all here. */
  isMergeUnderWay?: boolean;
  lead: LeadOutline | undefined;
  /** A rep has got in touch. */
  contacted: boolean;
  /** For answers to requests. */
  answerer?: Answerer;
}>;

/**
 * - `nothing`: not due, over, or a mail may be on its way.
 * - `give-up`: nobody will tell any more what became of that mail.
 */
export type StepDecision = Readonly<
  | { type: 'nothing' | 'send' | 'give-up' }
  | { type: 'wait'; until: Instant }
  | { type: 'skip' | 'exit'; reason: string }
>;

/** Who was asked to confirm may still do so; their mails wait for that. */
const confirmationRetryMs = HOUR;
const confirmationPatienceMs = 14 * DAY;

const nothing: StepDecision = { type: 'nothing' };

/** What is to be done about an enrolment now. Pure: decided again from the same state, it is the same. */
export const decideStep = (context: StepContext, policy: Policy, now: Instant): StepDecision => {
  const { enrolment, lead, contacted } = context;
  if (enrolment.nextAt === undefined || now < enrolment.nextAt) return nothing;
  if (enrolment.status === 'claimed') return { type: 'give-up' };
  if (enrolment.status !== 'waiting') return nothing;
  if (context.isMergeUnderWay) return { type: 'wait', until: later(now, MINUTE) };
  const campaign = policy.campaigns[enrolment.campaign];
  const step = campaign?.steps[enrolment.step];
  if (campaign === undefined || step === undefined) return { type: 'exit', reason: 'not-in-policy' };
  const reason = exitReason(campaign, lead, contacted);
  if (reason !== undefined) return { type: 'exit', reason };
  if (!context.hasAddress) return { type: 'skip', reason: 'no-address' };
  if (policy.texts[step.send] === undefined) return { type: 'skip', reason: 'no-text' };
  return campaign.stream === 'marketing'
    ? decideMarketing(context, policy, now)
    : decideService(context, campaign);
};

/** Answers and questions to the lead: no consent, cap or window, but never to an address that is suppressed. */
const decideService = ({ address, answerer }: StepContext, { start }: Campaign): StepDecision => {
  if (address?.suppressed !== undefined) return { type: 'skip', reason: `suppressed:${address.suppressed}` };
  if (start.on === 'consent-requested' && !isAsked(address)) return { type: 'skip', reason: 'not-asked' };
  return answerer?.type === 'wait' ? answerer : { type: 'send' };
};

/** Whether the owner is to be asked for a confirmation: not any more, once they said yes, or no after that. */
const isAsked = (address: Address | undefined): boolean =>
  address?.requestedAt !== undefined &&
  (address.marketing === 'requested' ||
    (address.marketing === 'opted-out' && address.requestedAt > address.changedAt));

const decideMarketing = (
  { enrolment, mailbox, address, lead }: StepContext,
  policy: Policy,
  now: Instant,
): StepDecision => {
  if (address?.suppressed !== undefined) return { type: 'exit', reason: `suppressed:${address.suppressed}` };
  const consent = address?.marketing ?? 'none';
  if (consent === 'opted-out') return { type: 'exit', reason: 'opted-out' };
  const { zone } = leadZone({ timeZone: lead?.profile.timeZone?.value, country: lead?.country }, policy);
  if (consent !== 'granted') {
    const patient = consent === 'requested' && now < later(enrolment.enrolledAt, confirmationPatienceMs);
    if (!patient) return { type: 'skip', reason: 'no-consent' };
    // There is no use in looking while nothing could be sent.
    return until(nextInMailWindow(later(now, confirmationRetryMs), zone, policy), 'no-window');
  }
  const free = nextWithinCap(now, mailbox.marketingSends, policy.mail.cap);
  if (free === undefined) return { type: 'skip', reason: 'no-cap' };
  const open = nextInMailWindow(free, zone, policy);
  return open === now ? { type: 'send' } : until(open, 'no-window');
};

const until = (at: Instant | undefined, otherwise: string): StepDecision =>
  at === undefined ? { type: 'skip', reason: otherwise } : { type: 'wait', until: at };
