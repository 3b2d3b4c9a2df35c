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
import type { Handoff } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import { closeHandoff } from './handoff-close.ts';
import { pause } from './handoff-pause.ts';
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
  const reason = refusalOf(handoff, answerer);
  if (reason !== undefined) return { type: 'refused', reason };
  switch (answer.type) {
    case 'accept':
      return accept(handoff, answerer.by, answer, staffing);
    case 'reject':
      return reject(handoff, answerer.by, answer, staffing);
    case 'contact':
      return contact(handoff, answerer.by, answer, staffing);
    case 'pause':
      return pause(handoff, answerer.by, answer, staffing);
    case 'qualify':
      return qualify(handoff, answerer.by, answer, staffing);
  }
};

const wasSaid = (handoff: Handoff, { by, assignment }: Answerer, answer: Answer): boolean => {
  const { outcome, acceptedAt, contactedAt } = handoff;
  if (assignment === undefined ? !mayAnswer(handoff, by) : assignment !== handoff.assignment) return false;
  switch (answer.type) {
    case 'accept':
      return handoff.status === 'accepted' && acceptedAt !== undefined;
    case 'reject':
      return outcome?.type === 'rejected' && outcome.reason === answer.reason;
    case 'contact':
      return contactedAt !== undefined;
    case 'pause':
      return handoff.paused?.until === answer.until;
    case 'qualify':
      return outcome?.type === 'qualified';
  }
};

const refusalOf = (handoff: Handoff, { by, assignment }: Answerer): Refusal | undefined => {
  if (assignment !== undefined && assignment !== handoff.assignment) return 'reassigned';
  if (!mayAnswer(handoff, by)) return handoff.previousHolders.includes(by) ? 'reassigned' : 'not-holder';
  return handoff.status === 'closed' ? 'closed' : undefined;
};

const mayAnswer = ({ holder, manager, nextManager }: Handoff, by: string): boolean =>
  by === holder || by === manager || by === nextManager;

/** Accepting needs nothing but a look: whoever takes a lead on cannot know budget and authority yet. */
const accept = (
  handoff: Handoff,
  by: string,
  { qualification }: AnswerOf<'accept'>,
  { policy, roster, now }: Staffing,
): Answered => {
  const { state, facts } = settleBreaches(handoff, now);
  const { plan, priority, mqlAt, asked } = state;
  const calendar = calendarOf(policy, roster, state.team, state.holder);
  const moments = {
    mql: mqlAt,
    accepted: now,
    ...(asked === undefined ? {} : { inquiry: asked.occurredAt }),
  };
  const late = plan.accept !== undefined && now >= plan.accept.dueAt;
  return done(
    afterFacts(facts, {
      state: {
        ...state,
        status: 'accepted',
        acceptedAt: now,
        qualification: { ...state.qualification, ...qualification },
        // What counts from the MQL or the inquiry is running already, and accepting does not restart it.
        plan: { ...resolvePlan({ sla: policy.sla, priority, calendar }, moments), ...plan },
      },
      facts: [{ type: 'HandoffAccepted', ...answerEntries(handoff, by, now), late }],
    }),
  );
};

/** Ends the wait for a first contact, whether or not the handoff was accepted; that deadline runs on. */
const contact = (handoff: Handoff, by: string, { how }: AnswerOf<'contact'>, { now }: Staffing): Answered => {
  const { state, facts } = settleBreaches(handoff, now);
  return done(
    afterFacts(facts, {
      state: { ...state, contactedAt: now },
      facts: [{ type: 'HandoffContacted', ...answerEntries(handoff, by, now), how }],
    }),
  );
};

/** Sales-qualified: the need is met and nothing speaks against it. */
const qualify = (handoff: Handoff, by: string, answer: AnswerOf<'qualify'>, { now }: Staffing): Answered => {
  if (handoff.status !== 'accepted') return refused('not-accepted');
  const qualification = { ...handoff.qualification, ...answer.qualification };
  if (qualification.need !== 'met' || Object.values(qualification).includes('not-met'))
    return refused('not-qualified');
  return done(
    closeHandoff(
      { ...handoff, qualification },
      { type: 'qualified', reason: 'qualified', by, at: now },
      { type: 'HandoffQualified', ...answerEntries(handoff, by, now) },
    ),
  );
};
