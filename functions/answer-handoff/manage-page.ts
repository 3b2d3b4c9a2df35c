import { answerDueAt, type Handoff } from '../../shared/domain/handoff.ts';
import { colleaguesFor, type ManageRefusal, timesFor } from '../../shared/domain/handoff-manage.ts';
import type { Candidate } from '../../shared/domain/holder-choice.ts';
import type { LeadOutline } from '../../shared/domain/lead-view.ts';
import { elapsed } from '../../shared/domain/local-time.ts';
import type { Locale } from '../../shared/domain/locale.ts';
import { personOf, type Roster, type TeamLoads } from '../../shared/domain/roster.ts';
import { nextVariables } from '../../shared/domain/staff-mail-deadline.ts';
import { epochOf, type Instant } from '../../shared/domain/time.ts';
import type { PageResponse } from '../../shared/pages/page-request.ts';
import { renderPage } from '../../shared/pages/render-page.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import { titleOf } from './answer-lines.ts';
import type { Reader } from './answer-reader.ts';
import { type ManageWords, manageWords } from './manage-texts.ts';

const section = (action: string, fields: string): string =>
  `<form method="post"><input type="hidden" name="action" value="${action}"><input type="hidden" name="assignment" value="{{ assignment }}">
${fields}</form>`;

const body = `<h1>{{ title }}</h1>
{% if problem %}<p role="alert"><strong>{{ problem }}</strong></p>{% endif %}
{% for line in lines %}<p>{{ line }}</p>
{% endfor %}
{% if open %}
<details{% if chosen == 'give' %} open{% endif %}><summary>{{ words.give }}</summary>
{% if colleagues.size > 0 %}${section(
  'give',
  `<fieldset>{% for colleague in colleagues %}<label><input type="radio" name="to" value="{{ colleague.id }}" required> {{ colleague.name }} <small>{{ colleague.note }}</small></label>
{% endfor %}</fieldset>
<p><small>{{ giveMeans }}</small></p>
<button type="submit">{{ words.giveButton }}</button>`,
)}{% else %}<p>{{ words.nobodyElse }}</p>{% endif %}</details>
{% if take %}<details{% if chosen == 'take' %} open{% endif %}><summary>{{ words.take }}</summary>
${section('take', '<p><small>{{ words.takeMeans }}</small></p>\n<button type="submit">{{ words.take }}</button>')}</details>{% endif %}
{% if times.size > 0 %}<details{% if chosen == 'until' %} open{% endif %}><summary>{{ untilLabel }}</summary>
${section(
  'give-until',
  `<fieldset>{% for time in times %}<label><input type="radio" name="until" value="{{ time.at }}" required> {{ time.words }}</label>
{% endfor %}</fieldset>
<p><small>{{ words.untilMeans }}</small></p>
<button type="submit">{{ words.untilButton }}</button>`,
)}</details>{% endif %}
{% if pullBack %}<details{% if chosen == 'pull-back' %} open{% endif %}><summary>{{ words.pullBack }}</summary>
${section('pull-back', '<p><small>{{ words.pullBackMeans }}</small></p>\n<button type="submit">{{ words.pullBack }}</button>')}</details>
{% else %}<p><small>{{ words.neverPulledBack }}</small></p>{% endif %}
{% endif %}`;

export type ManagePageSubject = Readonly<{
  handoff: Handoff;
  /** Undefined: erased meanwhile. */
  lead: LeadOutline | undefined;
  policy: Policy;
  roster: Roster;
  loads: TeamLoads;
  now: Instant;
  /** What the link in the mail was for. */
  chosen: string;
  said?: 'done' | 'repeated' | 'nothing-chosen' | ManageRefusal;
}>;

/** One open handoff for a manager of its team: what they can do about it, or what became of it. */
export const managePage = (reader: Reader, subject: ManagePageSubject): PageResponse => {
  const { handoff, said, policy, roster, loads, now } = subject;
  const words = manageWords(reader.locale);
  const staffing = { policy, roster, loads, now };
  const problem = problemOf(words, said);
  const settled = said === 'done' || said === 'repeated';
  const open = handoff.status === 'open' && !settled && said !== 'not-manager';
  return {
    status: statusOf(said, handoff),
    headers: { 'content-language': reader.locale },
    html: renderPage(body, {
      locale: reader.locale,
      title: titleOf(reader, subject.lead),
      problem: problem ?? null,
      lines: said === 'not-manager' ? [] : linesOf(reader, words, subject),
      open,
      assignment: handoff.assignment,
      chosen: subject.chosen,
      words,
      colleagues: open ? colleaguesFor(handoff, staffing).map(shown(words, handoff)) : [],
      giveMeans: words.giveMeans(shortestTime(policy, reader.locale)),
      take: handoff.holder !== reader.id,
      untilLabel: words.until(nameOf(subject)),
      times: open ? timesFor(handoff, staffing).map((at) => ({ at, words: reader.timeOf(at) })) : [],
      pullBack: handoff.asked === undefined,
    }),
  };
};

const statusOf = (said: ManagePageSubject['said'], { status }: Handoff): number => {
  if (said === 'done' || said === 'repeated') return 200;
  if (said === 'not-manager') return 403;
  if (status !== 'open') return 410;
  return said === undefined ? 200 : said === 'moved' ? 409 : 400;
};

const problemOf = (words: ManageWords, said: ManagePageSubject['said']): string | undefined => {
  switch (said) {
    case 'nothing-chosen':
      return words.choose;
    case 'moved':
      return words.moved;
    case 'not-manager':
      return words.notManager;
    case 'no-colleague':
      return words.noColleague;
    case 'no-such-time':
      return words.noSuchTime;
    case 'given-before':
      return words.givenBefore;
    case 'asked':
      return words.neverPulledBack;
    default:
      return undefined;
  }
};

const nameOf = ({ handoff, roster }: Pick<ManagePageSubject, 'handoff' | 'roster'>): string =>
  personOf(roster, handoff.holder)?.name ?? handoff.holder ?? '';

const linesOf = (reader: Reader, words: ManageWords, subject: ManagePageSubject): readonly string[] => {
  const { handoff, said } = subject;
  const repeated = said === 'repeated' ? [words.already] : [];
  if (handoff.status !== 'open') return [closedLine(words, subject), ...repeated];
  return said === 'done' || said === 'repeated'
    ? [doneLine(reader, words, subject), ...repeated]
    : openLines(reader, words, subject);
};

const openLines = (
  { timeOf, locale }: Reader,
  words: ManageWords,
  { handoff, roster, now }: ManagePageSubject,
): readonly string[] => {
  const dueAt = handoff.plan.accept?.dueAt;
  const until = answerDueAt(handoff);
  const next = nextVariables(
    handoff,
    dueAt === undefined ? undefined : { name: 'accept', dueAt },
    now,
    locale,
    (at) => (at === undefined ? null : timeOf(at)),
  );
  return [
    words.heldBy(nameOf({ handoff, roster }), timeOf(handoff.assignedAt)),
    ...(dueAt === undefined
      ? []
      : [
          dueAt < now
            ? words.late(timeOf(dueAt), elapsed(epochOf(now) - epochOf(dueAt), locale))
            : words.due(timeOf(dueAt)),
        ]),
    ...(until !== undefined && until !== dueAt && until > now ? [words.hasUntil(timeOf(until))] : []),
    ...(next?.at ? [words.next(next.what, next.at)] : []),
  ];
};

const doneLine = (reader: Reader, words: ManageWords, { handoff, roster }: ManagePageSubject): string => {
  const { givenUntil, assignment, holder } = handoff;
  if (givenUntil?.assignment === assignment)
    return words.given(nameOf({ handoff, roster }), reader.timeOf(givenUntil.until));
  return holder === reader.id ? words.yours : words.gone(nameOf({ handoff, roster }));
};

const closedLine = (words: ManageWords, subject: ManagePageSubject): string => {
  const { status, outcome } = subject.handoff;
  if (status === 'accepted') return words.accepted(nameOf(subject));
  switch (outcome?.type) {
    case 'rejected':
      return words.rejected;
    case 'qualified':
      return words.qualified;
    case 'pulled-back':
      return words.pulledBack;
    default:
      return words.closed;
  }
};

const shown =
  (words: ManageWords, { previousHolders }: Handoff) =>
  ({ person: { id, name, capacity }, load, away, full }: Candidate) => ({
    id,
    name,
    note: [
      ...(away ? [words.away] : []),
      full ? words.full : words.open(load, capacity),
      ...(previousHolders.includes(id) ? [words.hadIt] : []),
    ].join(', '),
  });

/** What somebody gets at least to whom it is given: the accept time of a hot handoff. */
const shortestTime = ({ sla }: Policy, locale: Locale): string => {
  const { within } = sla.hot.accept;
  return within.type === 'business-days' ? `${within.days} d` : elapsed(within.ms, locale);
};
