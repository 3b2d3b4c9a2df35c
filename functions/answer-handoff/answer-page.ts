import { isQualified } from '../../shared/domain/handoff.ts';
import { pauseEnds } from '../../shared/domain/handoff-pause.ts';
import { rejectableNow } from '../../shared/domain/handoff-reject.ts';
import { deadlineWords } from '../../shared/domain/staff-words.ts';
import { addDays, localTimeOf } from '../../shared/domain/zoned-time.ts';
import type { PageResponse } from '../../shared/pages/page-request.ts';
import { renderPage } from '../../shared/pages/render-page.ts';
import type { RejectReason } from '../../shared/policy/schema.ts';
import { linesOf, titleOf } from './answer-lines.ts';
import type { Reader } from './answer-reader.ts';
import type { AnswerPageSubject } from './answer-subject.ts';
import { consequenceOf } from './consequence.ts';
import { attemptsWords, contactForm, contactOptions } from './contact-form.ts';
import { acceptQuestions, qualificationForm, qualificationRows, questionsFor } from './qualification-form.ts';
import { fieldOf } from './read-answer-form.ts';

const body = `<h1>{{ title }}</h1>
{% if problem %}<p role="alert"><strong>{{ problem }}</strong></p>{% endif %}
{% for line in lines %}<p>{{ line }}</p>
{% endfor %}
{% if accept %}<form method="post"><input type="hidden" name="answer" value="accept">
${acceptQuestions}<p><small>{{ words.acceptMeans }}</small></p>
<button type="submit">{{ words.accept }}</button></form>
{% endif %}
${contactForm}
${qualificationForm}
{% if reasons.size > 0 %}<details{% if open == 'reject' %} open{% endif %}><summary>{{ rejectLabel }}</summary>
<form method="post"><input type="hidden" name="answer" value="reject">
<fieldset><legend>{{ words.whyReject }}</legend>
{% for reason in reasons %}<label><input type="radio" name="reason" value="{{ reason.name }}" required{% if reason.checked %} checked{% endif %}{% if reason.notYet %} disabled{% endif %}> {{ reason.label }} <small>{{ reason.consequence }}</small></label>
{% if reason.askUntil %}<label>{{ words.until }} <input type="date" name="{{ reason.untilField }}" min="{{ tomorrow }}" value="{{ reason.until }}"></label>
{% endif %}{% if reason.noteRequired %}<label>{{ words.note }} <textarea name="{{ reason.noteField }}" rows="2" maxlength="1000">{{ reason.note }}</textarea></label>
{% endif %}{% endfor %}</fieldset>
<button type="submit">{{ words.reject }}</button></form></details>
{% endif %}
{% if pauses.size > 0 %}<details{% if open == 'pause' %} open{% endif %}><summary>{{ words.pause }}</summary>
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
  const answerable = mine && isAnswerable(subject);
  const problem = problemOf(reader, posted);
  const chosen = posted?.form.get('answer') ?? 'reject';
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
      questions: questionsFor(reader, subject),
      contacts: answerable ? contactOptions(reader) : [],
      contacted: handoff.contacts?.length ?? 0,
      qualification: answerable && handoff.status === 'accepted' ? qualificationRows(reader, subject) : [],
      reasons,
      open: problem !== undefined ? chosen : subject.rejecting ? 'reject' : '',
      pauseMeans: words.pauseMeans(
        (subject.policy.sla.pause?.deadlines ?? [])
          .map((name) => deadlineWords[name][reader.locale])
          .join(', '),
      ),
      pauses: answerable ? pausesFor(reader, subject) : [],
      rejectLabel: handoff.status === 'open' ? words.reject : words.changedMind,
      tomorrow: addDays(localTimeOf(reader.zone, Date.parse(now)).date, 1),
      words,
    }),
  };
};

/** What this person did just now is always a success; what cannot be answered any more is gone. */
const statusOf = ({ posted }: AnswerPageSubject, answerable: boolean): number =>
  answerable || posted?.said === 'done' || posted?.said === 'repeated' ? 200 : 410;

const problemOf = ({ words }: Reader, posted: AnswerPageSubject['posted']): string | undefined => {
  switch (posted?.said) {
    case 'paused-before':
      return words.pausedBefore;
    case 'pause-too-long':
      return words.pauseTooLong;
    case 'until-needed':
      return words.needsUntil;
    case 'note-needed':
      return words.needsNote;
    case 'not-known':
      return words.notKnown;
    case 'not-met':
      return words.notMet;
    case 'id-reused':
      return words.contactMeanwhile;
    case 'attempts-needed':
    case 'not-in-this-stage':
      return words.reasonNotYet;
    case 'no-answer':
      return nothingChosen(words, posted.form.get('answer'));
    case 'unknown-reason':
    case 'accepted':
      return words.needsReason;
    default:
      return undefined;
  }
};

const nothingChosen = (words: Reader['words'], answer: string | null): string =>
  answer === 'pause' ? words.pauseTooLong : answer === 'contact' ? words.needsHow : words.needsReason;

/** While it runs; and as long as the lead is an SQL by it, for its rep may still give it back. */
const isAnswerable = ({ handoff, lead }: AnswerPageSubject): boolean =>
  handoff.status !== 'closed' || (isQualified(handoff) && lead?.stage === 'sql');

const reasonsFor = (reader: Reader, subject: AnswerPageSubject) =>
  subject.policy.reject.flatMap((rule) => {
    const lacking = rejectableNow(subject.handoff, rule, subject);
    return lacking === undefined || lacking === 'attempts-needed'
      ? [reasonOf(rule, lacking !== undefined, reader, subject)]
      : [];
  });

const reasonOf = (rule: RejectReason, notYet: boolean, reader: Reader, subject: AnswerPageSubject) => {
  const { now, posted } = subject;
  return {
    name: rule.reason,
    label: rule.label[reader.locale],
    notYet,
    consequence: notYet ? attemptsWords(reader, subject) : consequenceOf(rule, reader, now),
    askUntil: rule.askUntil && !notYet,
    noteRequired: rule.noteRequired && !notYet,
    untilField: fieldOf('until', rule.reason),
    noteField: fieldOf('note', rule.reason),
    checked: posted?.form.get('reason') === rule.reason,
    until: posted?.form.get(fieldOf('until', rule.reason)) ?? '',
    note: posted?.form.get(fieldOf('note', rule.reason)) ?? '',
  };
};

/** One business day, two, or as many as the policy allows; none where it was paused, or nobody has accepted. */
const pausesFor = (reader: Reader, { handoff, policy, roster, now, posted }: AnswerPageSubject) =>
  pauseEnds(handoff, { policy, roster, now }).map((at) => ({
    at,
    words: reader.timeOf(at),
    checked: posted?.form.get('until') === at,
  }));
