import { decideAndCommit } from '../../shared/commit.ts';
import {
  completeStep,
  emptyMailbox,
  type NurtureDecision,
  named,
  postpone,
} from '../../shared/domain/enrolment.ts';
import { uncountSend } from '../../shared/domain/mail-cap.ts';
import type { Enrolment, Mailbox, NurtureStates } from '../../shared/domain/nurture.ts';
import { HOUR, type Instant, later, MINUTE } from '../../shared/domain/time.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type { Aggregates, Metrics, SendOutcome } from '../../shared/ports.ts';
import { nurtureChanges } from './nurture-changes.ts';

/** One permission to send, as it was saved. */
export type Claim = Readonly<{
  enrolmentId: string;
  step: number;
  claimedAt: Instant;
  locale: 'en' | 'de';
}>;

export type RecordedOutcome = 'sent' | 'failed' | 'released' | 'unknown';

/** How long an enrolment waits if its mail was surely not sent, by the reason. */
const retryMs = { throttled: MINUTE, paused: 15 * MINUTE, quota: HOUR } as const;

const metricOf = {
  sent: 'MailSent',
  refused: 'MailFailed',
  throttled: 'MailThrottled',
  paused: 'MailPaused',
  quota: 'MailQuotaReached',
  unknown: 'MailUnanswered',
} as const satisfies Record<SendOutcome['type'], string>;

/**
 * Saves what became of a claimed mail, in one conditional write. An unknown outcome leaves the claim standing, so that
 * nobody sends again. A claim that was given up meanwhile stays given up.
 */
export const recordOutcome = async (
  { nurture, metrics, now }: Readonly<{ nurture: Aggregates<NurtureStates>; metrics: Metrics; now: Instant }>,
  claim: Claim,
  policy: Policy,
  outcome: SendOutcome,
): Promise<RecordedOutcome> => {
  metrics.add(metricOf[outcome.type], 1);
  if (!isKnown(outcome)) return 'unknown';
  await decideAndCommit(nurture, async () => {
    const nothing = { changes: [], result: undefined };
    const enrolment = await nurture.load('enrolment', claim.enrolmentId);
    if (enrolment.state === undefined || !isClaimedBy(enrolment.state, claim)) return nothing;
    const mailbox = await nurture.load('mailbox', enrolment.state.leadId);
    const before = mailbox.state ?? emptyMailbox;
    const decision = settle({ enrolment: enrolment.state, mailbox: before }, { claim, policy, outcome, now });
    return { changes: nurtureChanges({ enrolment, mailbox }, before, decision), result: undefined };
  });
  if (outcome.type === 'sent') return 'sent';
  return outcome.type === 'refused' ? 'failed' : 'released';
};

/** `unknown` shares its member of the union with others, so it is told apart by the property. */
type KnownOutcome = SendOutcome & Readonly<{ type: Exclude<SendOutcome['type'], 'unknown'> }>;

const isKnown = (outcome: SendOutcome): outcome is KnownOutcome => outcome.type !== 'unknown';

const isClaimedBy = ({ status, step, claimedAt }: Enrolment, claim: Claim): boolean =>
  status === 'claimed' && step === claim.step && claimedAt === claim.claimedAt;

const settle = (
  { enrolment, mailbox }: Readonly<{ enrolment: Enrolment; mailbox: Mailbox }>,
  {
    claim,
    policy,
    outcome,
    now,
  }: Readonly<{
    claim: Claim;
    policy: Policy;
    outcome: KnownOutcome;
    now: Instant;
  }>,
): NurtureDecision => {
  const campaign = policy.campaigns[enrolment.campaign];
  const stream = campaign?.stream ?? 'marketing';
  const step = campaign?.steps[enrolment.step]?.send ?? String(enrolment.step);
  const mail = { ...named(enrolment, now), step, stream };
  if (outcome.type === 'sent')
    return completeStep(
      { enrolment, mailbox },
      campaign,
      { step, at: now, outcome: 'sent', messageId: outcome.messageId },
      [{ type: 'NurtureMailSent', ...mail, locale: claim.locale }],
    );
  const uncounted = {
    enrolment,
    mailbox:
      stream === 'marketing'
        ? { ...mailbox, marketingSends: [...uncountSend(mailbox.marketingSends, claim.claimedAt)] }
        : mailbox,
  };
  if (outcome.type !== 'refused') return postpone(uncounted, later(now, retryMs[outcome.type]), now);
  return completeStep(uncounted, campaign, { step, at: now, outcome: 'failed', reason: outcome.code }, [
    { type: 'NurtureMailSkipped', ...mail, reason: 'failed' },
  ]);
};
