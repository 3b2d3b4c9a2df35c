import { changeOf } from '../../shared/commit.ts';
import { completeStep, exit, type NurtureDecision, named, postpone } from '../../shared/domain/enrolment.ts';
import { countSend } from '../../shared/domain/mail-cap.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import { decideStep } from '../../shared/domain/nurture-step.ts';
import { HOUR, type Instant, later } from '../../shared/domain/time.ts';
import type { Fact } from '../../shared/events/facts.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type { Change, Mail } from '../../shared/ports.ts';
import { type ComposeMailDeps, composeMail } from './compose-mail.ts';
import type { LoadedStep } from './load-step.ts';
import { nurtureChanges } from './nurture-changes.ts';
import type { Claim } from './record-outcome.ts';

/** What became of a step without a mail. */
export type Settled = 'nothing' | 'waits' | 'skipped' | 'left' | 'given-up' | 'failed';
export type Decided = Readonly<{ outcome: Settled } | { claim: Claim; mail: Mail }>;
type Changes = Readonly<{ changes: readonly Change<keyof NurtureStates>[]; result: Decided }>;

/** After that nobody will tell any more whether a mail left. */
const answerAwaitedMs = 72 * HOUR;

/** The writes that go with the decision about a step; for a mail to be sent, its claim. */
export const decideMail = async (
  deps: ComposeMailDeps,
  loaded: LoadedStep,
  policy: Policy,
  now: Instant,
): Promise<Changes> => {
  const { context } = loaded;
  const { enrolment } = context;
  const campaign = policy.campaigns[enrolment.campaign];
  const step = campaign?.steps[enrolment.step]?.send ?? String(enrolment.step);
  const fact = (reason: string): Fact => ({
    type: 'NurtureMailSkipped',
    ...named(enrolment, now),
    step,
    stream: campaign?.stream ?? 'marketing',
    reason,
  });
  const completed = (outcome: 'skipped' | 'failed' | 'unknown', reason: string, facts: readonly Fact[]) =>
    completeStep(context, campaign, { step, at: now, outcome, reason }, facts);

  const decision = decideStep(context, policy, now);
  switch (decision.type) {
    case 'nothing':
      return { changes: [], result: { outcome: 'nothing' } };
    case 'wait':
      return save(loaded, postpone(context, decision.until, now), 'waits');
    case 'exit': {
      const left = exit(context, decision.reason, now);
      return left === undefined
        ? { changes: [], result: { outcome: 'nothing' } }
        : save(loaded, left, 'left');
    }
    case 'skip':
      return save(loaded, completed('skipped', decision.reason, [fact(decision.reason)]), 'skipped');
    case 'give-up':
      return save(loaded, completed('unknown', 'no answer', []), 'given-up');
    case 'send': {
      const mail = await composeMail(deps, loaded, policy);
      if (mail === undefined)
        return save(loaded, completed('failed', 'not-renderable', [fact('not-renderable')]), 'failed');
      return claim(loaded, mail, now);
    }
  }
};

const claim = ({ items, context, addressId }: LoadedStep, mail: Mail, now: Instant): Changes => {
  const { enrolment, mailbox, address, lead } = context;
  const nextAt = later(now, answerAwaitedMs);
  const marketingSends =
    mail.stream === 'marketing' ? countSend(mailbox.marketingSends, now) : mailbox.marketingSends;
  return {
    changes: [
      changeOf('enrolment', enrolment.id, items.enrolment, {
        state: { ...enrolment, status: 'claimed', claimedAt: now, nextAt },
        dueAt: nextAt,
      }),
      changeOf('mailbox', enrolment.leadId, items.mailbox, {
        state: { ...mailbox, marketingSends: [...marketingSends] },
      }),
      // Written as it was read: an opt-out in between makes this transaction fail.
      ...(addressId === undefined || address === undefined || items.address === undefined
        ? []
        : [changeOf('address', addressId, items.address, { state: address })]),
    ],
    result: {
      claim: {
        enrolmentId: enrolment.id,
        step: enrolment.step,
        claimedAt: now,
        locale: lead?.locale ?? 'en',
      },
      mail,
    },
  };
};

const save = (
  { items, context }: LoadedStep,
  { enrolment, mailbox, facts }: NurtureDecision,
  outcome: Settled,
): Changes => ({
  changes: nurtureChanges(items, context.mailbox, { enrolment, mailbox, facts }),
  result: { outcome },
});
