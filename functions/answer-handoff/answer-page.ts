import type { Handoff } from '../../shared/domain/handoff.ts';
import { answerDueAt } from '../../shared/domain/handoff.ts';
import type { Refusal } from '../../shared/domain/handoff-answer.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import { personOf, type Roster } from '../../shared/domain/roster.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { addDays, localTimeOf } from '../../shared/domain/zoned-time.ts';
import { renderPage } from '../../shared/pages/render-page.ts';
import type { Policy, RejectReason } from '../../shared/policy/schema.ts';
import type { Reader } from './answer-reader.ts';
import { consequenceOf } from './consequence.ts';
import { fieldOf } from './read-answer-form.ts';

/** What the page needs of a request, and what it answers. */
export type PageRequest = Readonly<{
  method: string;
  query: URLSearchParams;
  form: URLSearchParams;
  language?: string;
}>;
export type PageResponse = Readonly<{
  status: number;
  html: string;
  headers: Readonly<Record<string, string>>;
}>;

/** Everything that the page shows, but for who looks at it. */
export type AnswerPageSubject = Readonly<{
  handoff: Handoff;
  assignment: number;
  /** Undefined: erased meanwhile. */
  lead: LeadView | undefined;
  policy: Policy;
  roster: Roster;
  now: Instant;
  /** Show the reasons at once. */
  rejecting: boolean;
  posted?: Readonly<{
    form: URLSearchParams;
    said: 'done' | 'repeated' | Refusal | 'no-answer';
    /** Passed on by this very answer. */
    passedOn: boolean;
  }>;
}>;

const body = `<h1>{{ title }}</h1>
{% if problem %}<p role="alert"><strong>{{ problem }}</strong></p>{% endif %}
{% for line in lines %}<p>{{ line }}</p>
{% endfor %}
{% if accept %}<form method="post"><input type="hidden" name="answer" value="accept">
<p><small>{{ words.acceptMeans }}</small></p>
<button type="submit">{{ words.accept }}</button></form>
{% endif %}
{% if reasons.size > 0 %}<details{% if rejecting %} open{% endif %}><summary>{{ rejectLabel }}</summary>
<form method="post"><input type="hidden" name="answer" value="reject">
<fieldset><legend>{{ words.whyReject }}</legend>
{% for reason in reasons %}<label><input type="radio" name="reason" value="{{ reason.name }}" required{% if reason.checked %} checked{% endif %}> {{ reason.label }} <small>{{ reason.consequence }}</small></label>
{% if reason.askUntil %}<label>{{ words.until }} <input type="date" name="{{ reason.untilField }}" min="{{ tomorrow }}" value="{{ reason.until }}"></label>
{% endif %}{% if reason.noteRequired %}<label>{{ words.note }} <textarea name="{{ reason.noteField }}" rows="2" maxlength="1000">{{ reason.note }}</textarea></label>
{% endif %}{% endfor %}</fieldset>
<button type="submit">{{ words.reject }}</button></form></details>
{% endif %}`;

/** The page of one handoff for the holder of one assignment: what they may answer, or what became of it. */
export const answerPage = (reader: Reader, subject: AnswerPageSubject): PageResponse => {
  const { words } = reader;
  const { handoff, now, posted } = subject;
  const mine = subject.assignment === handoff.assignment;
  const answerable = mine && handoff.status !== 'closed';
  const problem = problemOf(reader, posted?.said);
  const reasons = answerable ? reasonsFor(reader, subject) : [];
  return {
    status: problem === undefined ? statusOf(subject, answerable) : 400,
    headers: { 'content-language': reader.locale },
    html: renderPage(body, {
      locale: reader.locale,
      title: titleOf(reader, subject.lead),
      problem: problem ?? null,
      lines: linesOf(reader, subject),
      accept: answerable && handoff.status === 'open',
      reasons,
      rejecting: subject.rejecting || problem !== undefined,
      rejectLabel: handoff.status === 'accepted' ? words.changedMind : words.reject,
      tomorrow: addDays(localTimeOf(reader.zone, Date.parse(now)).date, 1),
      words,
    }),
  };
};

/** What this person did just now is always a success; what cannot be answered any more is gone. */
const statusOf = ({ posted }: AnswerPageSubject, answerable: boolean): number =>
  answerable || posted?.said === 'done' || posted?.said === 'repeated' ? 200 : 410;

const problemOf = ({ words }: Reader, said: NonNullable<AnswerPageSubject['posted']>['said'] | undefined) => {
  switch (said) {
    case 'until-needed':
      return words.needsUntil;
    case 'note-needed':
      return words.needsNote;
    case 'no-answer':
    case 'unknown-reason':
    case 'accepted':
      return words.needsReason;
    default:
      return undefined;
  }
};

/** Of the lead no more than company and initials: links are opened by programs, and over shoulders. */
const titleOf = ({ words }: Reader, lead: LeadView | undefined): string => {
  const company = lead?.profile.company?.value ?? lead?.companyDomain;
  const initials = [lead?.profile.firstName, lead?.profile.lastName].flatMap((name) => {
    const [first] = name?.value.trim() ?? '';
    return first === undefined ? [] : [`${first.toUpperCase()}.`];
  });
  const who = company === undefined ? words.lead : words.leadFrom(company);
  return initials.length === 0 ? who : `${who} (${initials.join(' ')})`;
};

const linesOf = (reader: Reader, subject: AnswerPageSubject): readonly string[] => {
  const { words, timeOf } = reader;
  const { handoff, assignment, roster, now, posted } = subject;
  const repeated = posted?.said === 'repeated' ? [words.already] : [];
  if (posted?.passedOn === true) return [words.passedOn];
  if (assignment !== handoff.assignment)
    return [words.reassigned(personOf(roster, handoff.holder)?.name ?? handoff.holder ?? '')];
  switch (handoff.status) {
    case 'open': {
      const dueAt = answerDueAt(handoff);
      return dueAt === undefined
        ? []
        : [now < dueAt ? words.answerBy(timeOf(dueAt)) : words.wasDue(timeOf(dueAt))];
    }
    case 'accepted': {
      const contactBy = handoff.contactedAt === undefined ? handoff.plan.firstContact?.dueAt : undefined;
      const next = contactBy === undefined || contactBy <= now ? [] : [words.contactBy(timeOf(contactBy))];
      return [words.accepted, ...next, ...repeated];
    }
    case 'closed':
      return [closedLine(reader, subject), ...repeated];
  }
};

const closedLine = (reader: Reader, { handoff: { outcome }, policy }: AnswerPageSubject): string => {
  const { words, locale } = reader;
  switch (outcome?.type) {
    case 'rejected': {
      const rule = policy.reject.find(({ reason }) => reason === outcome.reason);
      if (rule === undefined) return words.notYours;
      return words.rejected(rule.label[locale], consequenceOf(rule, reader, outcome.at, outcome.until));
    }
    case 'withdrawn':
      return words.withdrawn;
    case 'qualified':
      return words.qualified;
    case 'pulled-back':
      return words.pulledBack;
    default:
      return words.notYours;
  }
};

const reasonsFor = (reader: Reader, { policy, handoff, now, posted }: AnswerPageSubject) =>
  policy.reject
    .filter((rule) => rule.do !== 'reroute' || handoff.status === 'open')
    .map((rule: RejectReason) => ({
      name: rule.reason,
      label: rule.label[reader.locale],
      consequence: consequenceOf(rule, reader, now),
      askUntil: rule.askUntil,
      noteRequired: rule.noteRequired,
      untilField: fieldOf('until', rule.reason),
      noteField: fieldOf('note', rule.reason),
      checked: posted?.form.get('reason') === rule.reason,
      until: posted?.form.get(fieldOf('until', rule.reason)) ?? '',
      note: posted?.form.get(fieldOf('note', rule.reason)) ?? '',
    }));
