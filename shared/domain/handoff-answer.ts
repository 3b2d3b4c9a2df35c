import type { Answer } from '../events/inbound.ts';
import {
  type Answered,
  type Answerer,
  type AnswerOf,
  answerEntries,
  done,
  type Refusal,
  refused,
} from './answered.ts';
import { resolvePlan } from './deadline-plan.ts';
import { type Handoff, isQualified } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import { contact } from './handoff-contact.ts';
import { pause } from './handoff-pause.ts';
import { missingToAccept, qualify, settleQualified, withStatement } from './handoff-qualify.ts';
import type { Staffing } from './handoff-reassign.ts';
import { reject } from './handoff-reject.ts';
import { calendarOf } from './holder-calendar.ts';

/** What becomes of a handoff that is answered. The moment of the answer is the moment at which Baton hears it. */
export const answerHandoff = (
  handoff: Handoff,
  answerer: Answerer,
  answer: Answer,
  staffing: Staffing,
): Answered => {
  if (wasSaid(handoff, answerer, answer)) return { type: 'repeated' };
  const reason = refusalOf(handoff, answerer, answer);
  if (reason !== undefined) return { type: 'refused', reason };
  switch (answer.type) {
    case 'accept':
      return accept(handoff, answerer, answer, staffing);
    case 'reject':
      return reject(handoff, answerer.by, answer, staffing);
    case 'contact':
      return contact(handoff, answerer, answer, staffing);
    case 'pause':
      return pause(handoff, answerer.by, answer, staffing);
    case 'qualify':
      return qualify(handoff, answerer, answer, staffing);
  }
};

const wasSaid = (handoff: Handoff, { by, assignment }: Answerer, answer: Answer): boolean => {
  const { outcome, acceptedAt } = handoff;
  if (assignment === undefined ? !mayAnswer(handoff, by) : assignment !== handoff.assignment) return false;
  switch (answer.type) {
    case 'accept':
      return handoff.status === 'accepted' && acceptedAt !== undefined;
    case 'reject':
      return outcome?.type === 'rejected' && outcome.reason === answer.reason;
    case 'pause':
      return handoff.paused?.until === answer.until;
    case 'contact':
    case 'qualify':
      // One more of these may be said at any time; they know themselves what they have heard.
      return false;
  }
};

const refusalOf = (handoff: Handoff, { by, assignment }: Answerer, { type }: Answer): Refusal | undefined => {
  if (assignment !== undefined && assignment !== handoff.assignment) return 'reassigned';
  if (!mayAnswer(handoff, by)) return handoff.previousHolders.includes(by) ? 'reassigned' : 'not-holder';
  return handoff.status !== 'closed' || (isQualified(handoff) && afterwards.has(type)) ? undefined : 'closed';
};

/** A qualified lead stays with its rep, who goes on calling, learns more, and may still give it back. */
const afterwards: ReadonlySet<Answer['type']> = new Set(['contact', 'qualify', 'reject']);

const mayAnswer = ({ holder, manager, nextManager }: Handoff, by: string): boolean =>
  by === holder || by === manager || by === nextManager;

/** Accepting needs a look, and what the policy wants to be known by then: nobody knows budget and authority yet. */
const accept = (
  handoff: Handoff,
  answerer: Answerer,
  { qualification = {} }: AnswerOf<'accept'>,
  staffing: Staffing,
): Answered => {
  const { policy, roster, now } = staffing;
  const stated = withStatement(handoff, answerer, qualification, staffing);
  const missing = missingToAccept(stated, policy);
  if (missing.against.length > 0) return refused('not-met');
  if (missing.known.length > 0) return refused('not-known');
  const { state, facts } = settleBreaches(stated, now);
  const { plan, priority, mqlAt, asked } = state;
  const calendar = calendarOf(policy, roster, state.team, state.holder);
  const moments = {
    mql: mqlAt,
    accepted: now,
    ...(asked === undefined ? {} : { inquiry: asked.occurredAt }),
  };
  const late = plan.accept !== undefined && now >= plan.accept.dueAt;
  const accepted: Handoff = {
    ...state,
    status: 'accepted',
    acceptedAt: now,
    // What counts from the MQL or the inquiry is running already, and accepting does not restart it.
    plan: { ...resolvePlan({ sla: policy.sla, priority, calendar }, moments), ...plan },
  };
  const fact = { type: 'HandoffAccepted' as const, ...answerEntries(handoff, answerer.by, now), late };
  // What was concluded without a person makes no SQL, so a tap to accept is no more than that.
  const next = saysAnything(qualification)
    ? settleQualified(accepted, answerer, staffing)
    : { state: accepted, facts: [] };
  return done(afterFacts([...facts, fact], next));
};

const saysAnything = (qualification: object): boolean => Object.keys(qualification).length > 0;
