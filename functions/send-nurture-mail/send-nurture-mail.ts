import { decideAndCommit } from '../../shared/commit.ts';
import type { HandoffStates } from '../../shared/domain/handoff.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { RosterStates } from '../../shared/domain/roster.ts';
import type {
  Aggregates,
  Clock,
  KeyedHash,
  LeadReader,
  Mailer,
  Metrics,
  PolicySource,
  Tokens,
} from '../../shared/ports.ts';
import { type Decided, decideMail, type Settled } from './decide-mail.ts';
import { loadStep } from './load-step.ts';
import { type RecordedOutcome, recordOutcome } from './record-outcome.ts';

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

export type SendNurtureMailOutcome = Settled | RecordedOutcome;

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
        : decideMail(deps, loaded, published.policy, now);
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

const metricOf: Readonly<Partial<Record<Settled, string>>> = {
  skipped: 'MailSkipped',
  failed: 'MailFailed',
  'given-up': 'MailOutcomeUnknown',
};
