import type { PolicyRules } from '../policy/schema.ts';
import type { Handoff } from './handoff.ts';
import type { LeadView } from './lead-view.ts';
import { localTime, localTimeIn } from './local-time.ts';
import type { Locale } from './locale.ts';
import type { MailDeadline } from './notice.ts';
import { type Criterion, criteria, type Finding } from './qualification.ts';
import { type Person, personOf, type Roster } from './roster.ts';
import { zoneOf } from './staff.ts';
import { deadlineVariables, nextVariables, type When } from './staff-mail-deadline.ts';
import { criterionWords, judgementWords } from './staff-words.ts';
import type { Instant } from './time.ts';

/** How much of its evidence stands in a mail. */
const shown = { reasons: 3, activities: 5, answers: 10, answerLength: 500 };

export type StaffMailContext = Readonly<{
  to: Person;
  roster: Roster;
  policy: Pick<PolicyRules, 'calendars' | 'zone'>;
  now: Instant;
}>;

/** Who is written about: the view is absent for a lead that was erased meanwhile. */
export type StaffMailSubject = Readonly<{
  leadId: string;
  view: LeadView | undefined;
  /** Absent for a lead that nobody was to accept. */
  handoff: Handoff | undefined;
  deadline?: MailDeadline;
}>;

/** Where the rep may answer, or note what happened since; absent where there is nothing to answer. */
export type AnswerLinks = Readonly<{ page: string; accept?: string; reject?: string }>;

/** Where a manager may step in; absent where there is nothing to decide. */
export type ManageLinks = Readonly<{
  give: string;
  take: string;
  until: string;
  /** Nobody who asked to talk is pulled back. */
  pullBack: string | null;
}>;

/**
 * All that texts to staff may use, in the recipient's language and time; `null` is what is not known or does not apply.
 */
export const staffMailVariables = (
  subject: StaffMailSubject,
  context: StaffMailContext,
  { answer, manage }: Readonly<{ answer?: AnswerLinks | undefined; manage?: ManageLinks | undefined }> = {},
) => {
  const { handoff, view } = subject;
  const { to, roster, policy, now } = context;
  const locale = to.locale;
  const zone = zoneOf(to, roster, policy);
  const when: When = (instant) => (instant === undefined ? null : localTime(instant, locale, zone));
  const whenIn: When = (instant) => (instant === undefined ? null : localTimeIn(instant, locale, zone));
  const evidence = handoff?.evidence ?? view?.evidence;
  const holder = personOf(roster, handoff?.holder);
  return {
    recipient: { name: to.name },
    lead: leadVariables(subject),
    holder: {
      name: holder?.name ?? handoff?.holder ?? null,
      email: holder?.email ?? null,
      since: when(handoff?.assignedAt),
    },
    hot: handoff?.priority === 'hot' || (handoff === undefined && view?.hot === true),
    flagged: handoff?.flagged ?? false,
    score: evidence?.score ?? null,
    asked: askedVariables(subject, locale, when),
    reasons: (evidence?.reasons ?? [])
      .slice(0, shown.reasons)
      .map(({ label, points }) => ({ label: label[locale], points: signed(points) })),
    activities: (evidence?.activities ?? []).slice(0, shown.activities).map((activity) => ({
      label: activity.label[locale],
      at: when(activity.occurredAt),
      asset: activity.asset ?? null,
      origin: activity.origin ?? null,
    })),
    answers: Object.entries(evidence?.answers ?? {})
      .slice(0, shown.answers)
      .map(([field, value]) => ({ field, value: value.slice(0, shown.answerLength) })),
    qualification: criteria.flatMap((criterion) => {
      const found = handoff?.qualification?.[criterion];
      return found === undefined ? [] : [knownVariables(criterion, found, locale)];
    }),
    deadline: deadlineVariables(subject.deadline, now, locale, whenIn),
    next: nextVariables(handoff, subject.deadline, now, locale, whenIn),
    status: handoff?.status ?? null,
    outcome: handoff?.outcome?.type ?? null,
    outcomeReason: handoff?.outcome?.reason ?? null,
    acceptUrl: answer?.accept ?? null,
    rejectUrl: answer?.reject ?? null,
    pageUrl: answer?.page ?? null,
    manage: manage ?? null,
  };
};

const leadVariables = ({ leadId, view }: StaffMailSubject) => {
  const profile = view?.profile ?? {};
  const name = [profile.firstName?.value, profile.lastName?.value].filter(Boolean).join(' ');
  const email = profile.email?.value;
  return {
    id: leadId,
    // Enough of an id to tell two leads apart in a subject.
    name: name === '' ? (email ?? `Lead ${leadId.slice(0, 8)}`) : name,
    company: profile.company?.value ?? view?.companyDomain ?? null,
    role: profile.role?.value ?? null,
    country: view?.country ?? null,
    email: email ?? null,
    phone: profile.phone?.value ?? null,
    stage: view?.stage ?? null,
  };
};

/** The activity that asked to talk, in the words of its rule; its kind, where evidence no longer shows it. */
const askedVariables = ({ handoff, view }: StaffMailSubject, locale: Locale, when: When) => {
  const asked = handoff?.asked ?? view?.asked;
  if (asked === undefined) return null;
  const activities = [...(handoff?.evidence.activities ?? []), ...(view?.evidence.activities ?? [])];
  const activity = activities.find(({ occurredAt }) => occurredAt === asked.occurredAt);
  return {
    label: activity?.label[locale] ?? asked.kind.replaceAll('-', ' '),
    at: when(asked.occurredAt),
  };
};

const knownVariables = (criterion: Criterion, { judgement, note }: Finding, locale: Locale) => ({
  what: criterionWords[criterion][locale],
  judgement: judgementWords[judgement][locale],
  note: note ?? null,
});

const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));
