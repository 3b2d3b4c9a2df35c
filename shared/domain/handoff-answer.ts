import type { Answer } from '../events/inbound.ts';
import type { RejectReason } from '../policy/schema.ts';
import { resolvePlan } from './deadline-plan.ts';
import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import { closeHandoff } from './handoff-close.ts';
import { reassignToColleague, type Staffing } from './handoff-reassign.ts';
import { calendarOf } from './holder-calendar.ts';
import { DAY, later } from './time.ts';

/** Who answers. `assignment` comes from a link; a CRM knows only the person. */
export type Answerer = Readonly<{ by: string; assignment?: number }>;

export type Refusal =
  /** Somebody else holds it by now. */
  | 'reassigned'
  /** Neither its holder nor one of its managers. */
  | 'not-holder'
  | 'closed'
  | 'not-accepted'
  /** What was accepted is given back by rejecting or qualifying it, not passed on as misrouted. */
  | 'accepted'
  | 'unknown-reason'
  /** No day, or none within the next two years. */
  | 'until-needed'
  | 'note-needed'
  | 'not-qualified';

/** `repeated`: it was said before; nothing changes. `refused`: nothing changes, and `reason` says why. */
export type Answered = Readonly<
  ({ type: 'done' } & Decision<Handoff>) | { type: 'repeated' } | { type: 'refused'; reason: Refusal }
>;

type Of<T extends Answer['type']> = Extract<Answer, { type: T }>;

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

const entriesOf = ({ id, leadId }: Handoff, by: string, at: string) => ({ leadId, handoffId: id, at, by });

/** Accepting needs nothing but a look: whoever takes a lead on cannot know budget and authority yet. */
const accept = (
  handoff: Handoff,
  by: string,
  { qualification }: Of<'accept'>,
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
      facts: [{ type: 'HandoffAccepted', ...entriesOf(handoff, by, now), late }],
    }),
  );
};

const reject = (handoff: Handoff, by: string, answer: Of<'reject'>, staffing: Staffing): Answered => {
  const { policy, now } = staffing;
  const rule = policy.reject.find(({ reason }) => reason === answer.reason);
  if (rule === undefined) return refused('unknown-reason');
  const lacking = lackOf(rule, answer, now);
  if (lacking !== undefined) return refused(lacking);
  if (rule.do === 'reroute') {
    if (handoff.status !== 'open') return refused('accepted');
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
        ...entriesOf(handoff, by, now),
        reason: rule.reason,
        ...(until === undefined ? {} : { until }),
      },
    ),
  );
};

/** Whoever is to come back later than this is not coming back. */
const longestRest = 2 * 366 * DAY;

const lackOf = (rule: RejectReason, { until, note }: Of<'reject'>, now: string): Refusal | undefined => {
  if (rule.askUntil && (until === undefined || until <= now || until > later(now, longestRest)))
    return 'until-needed';
  return rule.noteRequired && (note ?? '').trim() === '' ? 'note-needed' : undefined;
};

/** Ends the wait for a first contact, whether or not the handoff was accepted; that deadline runs on. */
const contact = (handoff: Handoff, by: string, { how }: Of<'contact'>, { now }: Staffing): Answered => {
  const { state, facts } = settleBreaches(handoff, now);
  return done(
    afterFacts(facts, {
      state: { ...state, contactedAt: now },
      facts: [{ type: 'HandoffContacted', ...entriesOf(handoff, by, now), how }],
    }),
  );
};

/** Sales-qualified: the need is met and nothing speaks against it. */
const qualify = (handoff: Handoff, by: string, answer: Of<'qualify'>, { now }: Staffing): Answered => {
  if (handoff.status !== 'accepted') return refused('not-accepted');
  const qualification = { ...handoff.qualification, ...answer.qualification };
  if (qualification.need !== 'met' || Object.values(qualification).includes('not-met'))
    return refused('not-qualified');
  return done(
    closeHandoff(
      { ...handoff, qualification },
      { type: 'qualified', reason: 'qualified', by, at: now },
      { type: 'HandoffQualified', ...entriesOf(handoff, by, now) },
    ),
  );
};

const done = (decision: Decision<Handoff>): Answered => ({ type: 'done', ...decision });
const refused = (reason: Refusal): Answered => ({ type: 'refused', reason });
