import { pauseEnds } from '../../shared/domain/handoff-pause.ts';
import { deadlineWords } from '../../shared/domain/staff-words.ts';
import { addDays, localTimeOf } from '../../shared/domain/zoned-time.ts';
import type { PageResponse } from '../../shared/pages/page-request.ts';
import { renderPage } from '../../shared/pages/render-page.ts';
import type { RejectReason } from '../../shared/policy/schema.ts';
import { linesOf, titleOf } from './answer-lines.ts';
import type { Reader } from './answer-reader.ts';
import type { AnswerPageSubject } from './answer-subject.ts';
import { consequenceOf } from './consequence.ts';
import { fieldOf } from './read-answer-form.ts';

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
{% endif %}
{% if pauses.size > 0 %}<details{% if pausing %} open{% endif %}><summary>{{ words.pause }}</summary>
<form method="post"><input type="hidden" name="answer" value="pause">
<fieldset><legend>{{ words.pauseFor }}</legend>
{% for pause in pauses %}<label><input type="radio" name="until" value="{{ pause.at }}" required{% if pause.checked %} checked{% endif %}> {{ pause.words }}</label>
{% endfor %}</fieldset>
<label>{{ words.pauseWhy }} <textarea name="why" rows="2" maxlength="500" required></textarea></label>
<p><small>{{ pauseMeans }}</small></p>
<button type="submit">{{ words.pauseButton }}</button></form></details>
{% endif %}`;

/** The page of one handoff for the holder of one assignment: what they may answer, or what became of it. */
export const answerPage = (reader: Reader, subject: AnswerPageSubject): PageResponse => {
  const { words } = reader;
  const { handoff, now, posted } = subject;
  const mine = subject.assignment === handoff.assignment;
  const answerable = mine && handoff.status !== 'closed';
  const pausing = posted?.form.get('answer') === 'pause';
  const problem = problemOf(reader, posted?.said, pausing);
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
      rejecting: !pausing && (subject.rejecting || problem !== undefined),
      pausing,
      pauseMeans: words.pauseMeans(
        (subject.policy.sla.pause?.deadlines ?? [])
          .map((name) => deadlineWords[name][reader.locale])
          .join(', '),
      ),
      pauses: answerable ? pausesFor(reader, subject) : [],
      rejectLabel: handoff.status === 'accepted' ? words.changedMind : words.reject,
      tomorrow: addDays(localTimeOf(reader.zone, Date.parse(now)).date, 1),
      words,
    }),
  };
};

/** What this person did just now is always a success; what cannot be answered any more is gone. */
const statusOf = ({ posted }: AnswerPageSubject, answerable: boolean): number =>
  answerable || posted?.said === 'done' || posted?.said === 'repeated' ? 200 : 410;

const problemOf = (
  { words }: Reader,
  said: NonNullable<AnswerPageSubject['posted']>['said'] | undefined,
  pausing: boolean,
) => {
  switch (said) {
    case 'paused-before':
      return words.pausedBefore;
    case 'pause-too-long':
      return words.pauseTooLong;
    case 'until-needed':
      return words.needsUntil;
    case 'note-needed':
      return words.needsNote;
    case 'no-answer':
      return pausing ? words.pauseTooLong : words.needsReason;
    case 'unknown-reason':
    case 'accepted':
      return words.needsReason;
    default:
      return undefined;
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

/** One business day, two, or as many as the policy allows; none where it was paused, or nobody has accepted. */
const pausesFor = (reader: Reader, { handoff, policy, roster, now, posted }: AnswerPageSubject) =>
  pauseEnds(handoff, { policy, roster, now }).map((at) => ({
    at,
    words: reader.timeOf(at),
    checked: posted?.form.get('until') === at,
  }));
