import type { RejectReason } from '../policy/schema.ts';
import { type Answered, type AnswerOf, answerEntries, done, type Refusal, refused } from './answered.ts';
import { type Handoff, isQualified } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import { closeHandoff } from './handoff-close.ts';
import { attemptsOf } from './handoff-contact.ts';
import { reassignToColleague, type Staffing } from './handoff-reassign.ts';
import { DAY, later } from './time.ts';

/** Back to nurture, never again, or to somebody else: as the policy's reason says. */
export const reject = (
  handoff: Handoff,
  by: string,
  answer: AnswerOf<'reject'>,
  staffing: Staffing,
): Answered => {
  const { policy, now } = staffing;
  const rule = policy.reject.find(({ reason }) => reason === answer.reason);
  if (rule === undefined) return refused('unknown-reason');
  const lacking = rejectableNow(handoff, rule, staffing) ?? lackOf(rule, answer, now);
  if (lacking !== undefined) return refused(lacking);
  if (rule.do === 'reroute') {
    const { state, facts } = settleBreaches(handoff, now);
    return done(afterFacts(facts, reassignToColleague(state, rule.reason, staffing)));
  }
  const until = rule.askUntil ? answer.until : undefined;
  return done(
    closeHandoff(
      handoff,
      {
        type: 'rejected',
        reason: rule.reason,
        by,
        at: now,
        ...(until === undefined ? {} : { until }),
        ...(answer.note === undefined ? {} : { note: answer.note }),
      },
      {
        type: 'HandoffRejected',
        ...answerEntries(handoff, by, now),
        reason: rule.reason,
        ...(until === undefined ? {} : { until }),
      },
    ),
  );
};

/** Why a reason is none for this handoff yet; undefined: it is one. */
export const rejectableNow = (
  handoff: Handoff,
  rule: RejectReason,
  staffing: Pick<Staffing, 'policy' | 'roster' | 'now'>,
): Refusal | undefined => {
  if (rule.do === 'reroute' && handoff.status !== 'open') return 'accepted';
  if (rule.from !== undefined && !rule.from.includes(stageOf(handoff))) return 'not-in-this-stage';
  if (!rule.afterAttempts) return undefined;
  const { more, notBefore } = attemptsOf(handoff, staffing);
  return more > 0 || notBefore !== undefined ? 'attempts-needed' : undefined;
};

const stageOf = (handoff: Handoff): 'mql' | 'sal' | 'sql' =>
  isQualified(handoff) ? 'sql' : handoff.status === 'open' ? 'mql' : 'sal';

/** Whoever is to come back later than this is not coming back. */
const longestRest = 2 * 366 * DAY;

const lackOf = (
  rule: RejectReason,
  { until, note }: AnswerOf<'reject'>,
  now: string,
): Refusal | undefined => {
  if (rule.askUntil && (until === undefined || until <= now || until > later(now, longestRest)))
    return 'until-needed';
  return rule.noteRequired && (note ?? '').trim() === '' ? 'note-needed' : undefined;
};
