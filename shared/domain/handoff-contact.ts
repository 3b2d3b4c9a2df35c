import type { Policy, Sla } from '../policy/schema.ts';
import { type Answered, type Answerer, type AnswerOf, answerEntries, done, saidAt } from './answered.ts';
import { addDuration } from './business-calendar.ts';
import type { Contact, Handoff } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import type { Staffing } from './handoff-reassign.ts';
import { calendarOf } from './holder-calendar.ts';
import type { Roster } from './roster.ts';
import type { Instant } from './time.ts';

/** More than these are too many: the first is kept, and the newest. */
const keptAtMost = 50;

/**
 * Every contact is logged. The first that a person made ends the wait for one, whether or not the handoff was accepted
 * (that deadline runs on); what a machine sent stops no clock and is no attempt.
 */
export const contact = (
  handoff: Handoff,
  answerer: Answerer,
  { how }: AnswerOf<'contact'>,
  { policy, now }: Staffing,
): Answered => {
  const { by } = answerer;
  const made: Contact = { how, by, at: saidAt(answerer, now) };
  const logged = withContact(handoff.contacts ?? [], made);
  if (logged === undefined) return { type: 'repeated' };
  const isFirst = handoff.contactedAt === undefined && handoff.status !== 'closed';
  if (!isFirst || !counts(made, policy.sla))
    return done({ state: { ...handoff, contacts: logged }, facts: [] });
  const { state, facts } = settleBreaches(handoff, now);
  return done(
    afterFacts(facts, {
      state: { ...state, contacts: logged, contactedAt: now },
      facts: [{ type: 'HandoffContacted', ...answerEntries(handoff, by, now), how }],
    }),
  );
};

/** How often somebody tried to reach the lead, and what that lacks before it may be given up as not answering. */
export type Attempts = Readonly<{
  made: number;
  /** So many more are needed. */
  more: number;
  /** The first one lies too short a time back until then. */
  notBefore?: Instant;
}>;

export const attemptsOf = (
  { contacts = [], team, holder }: Handoff,
  { policy, roster, now }: Readonly<{ policy: Policy; roster: Roster; now: Instant }>,
): Attempts => {
  const { attempts, over } = policy.sla.contact;
  const counted = contacts.filter((made) => counts(made, policy.sla));
  const first = counted[0]?.at;
  const notBefore =
    first === undefined ? undefined : addDuration(calendarOf(policy, roster, team, holder), first, over);
  return {
    made: counted.length,
    more: Math.max(0, attempts - counted.length),
    ...(notBefore === undefined || notBefore <= now ? {} : { notBefore }),
  };
};

const counts = ({ how }: Contact, { contact: { counts: kinds } }: Sla): boolean =>
  kinds.some((kind) => kind === how);

/** In the order in which they were made. Undefined: it is among them. */
const withContact = (contacts: readonly Contact[], made: Contact): Contact[] | undefined => {
  if (contacts.some(({ how, by, at }) => how === made.how && by === made.by && at === made.at))
    return undefined;
  const all = [...contacts, made].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return all.length > keptAtMost ? [...all.slice(0, 1), ...all.slice(1 - keptAtMost)] : all;
};
