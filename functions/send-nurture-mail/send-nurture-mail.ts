import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { completeStep, exit, type NurtureDecision, named, postpone } from '../../shared/domain/enrolment.ts';
import type { HandoffStates } from '../../shared/domain/handoff.ts';
import { countSend } from '../../shared/domain/mail-cap.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import { decideStep } from '../../shared/domain/nurture-step.ts';
import type { RosterStates } from '../../shared/domain/roster.ts';
import { HOUR, later } from '../../shared/domain/time.ts';
import type { Fact } from '../../shared/events/facts.ts';
import type {
  Aggregates,
  Change,
  Clock,
  KeyedHash,
  LeadReader,
  Mail,
  Mailer,
  Metrics,
  PolicySource,
  Tokens,
} from '../../shared/ports.ts';
import { composeMail } from './compose-mail.ts';
import { type LoadedStep, loadStep } from './load-step.ts';
import { nurtureChanges } from './nurture-changes.ts';
import { type Claim, recordOutcome } from './record-outcome.ts';

export type SendNurtureMailDeps = Readonly<{
  nurture: Aggregates<NurtureStates>;
  /** Who answers a request, and whether somebody got in touch. */
  sales: Aggregates<HandoffStates & RosterStates>;
  leads: LeadReader;
  hash: KeyedHash;
  policy: PolicySource;
  mailer: Mailer;
  /** Sealed with the key of links to leads. */
  tokens: Tokens;
  publicBaseUrl: string;
  metrics: Metrics;
  clock: Clock;
}>;

export type SendNurtureMailOutcome =
  | 'nothing'
  | 'waits'
  | 'skipped'
  | 'left'
  | 'given-up'
  | 'sent'
  | 'failed'
  | 'released'
  | 'unknown';

/** After that nobody will tell any more whether a mail left. */
const answerAwaitedMs = 72 * HOUR;

/**
 * The due step of one enrolment: decides, claims, sends once, and saves what became of it. The claim is one transaction
 * over enrolment, mailbox and address. A mail is sent at most once: whoever finds a claim does not send.
 */
export const makeSendNurtureMail = (deps: SendNurtureMailDeps) => {
  const { nurture, policy, mailer, metrics, clock } = deps;

  return async (enrolmentId: string): Promise<SendNurtureMailOutcome> => {
    const now = clock.now();
    const published = await policy.current();
    const decided = await decideAndCommit<NurtureStates, Decided>(nurture, async () => {
      const loaded = await loadStep(deps, enrolmentId, published, now);
      return loaded === undefined
        ? { changes: [], result: { outcome: 'nothing' } }
        : decide(deps, loaded, published.policy, now);
    });
    if (!('claim' in decided)) {
      const metric = metricOf[decided.outcome];
      if (metric !== undefined) metrics.add(metric, 1);
      return decided.outcome;
    }
    const outcome = await mailer.send(decided.mail);
    return recordOutcome({ nurture, metrics, now: clock.now() }, decided.claim, published.policy, outcome);
  };
};

type Decided = Readonly<{ outcome: SendNurtureMailOutcome } | { claim: Claim; mail: Mail }>;
type Changes = Readonly<{ changes: readonly Change<keyof NurtureStates>[]; result: Decided }>;
type Policy = Awaited<ReturnType<PolicySource['current']>>['policy'];

const metricOf: Readonly<Partial<Record<SendNurtureMailOutcome, string>>> = {
  skipped: 'MailSkipped',
  failed: 'MailFailed',
  'given-up': 'MailOutcomeUnknown',
};

const decide = async (
  deps: SendNurtureMailDeps,
  loaded: LoadedStep,
  policy: Policy,
  now: string,
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

const claim = ({ items, context, addressId }: LoadedStep, mail: Mail, now: string): Changes => {
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
  outcome: SendNurtureMailOutcome,
): Changes => ({
  changes: nurtureChanges(items, context.mailbox, { enrolment, mailbox, facts }),
  result: { outcome },
});
