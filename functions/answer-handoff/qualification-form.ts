import { missingForSql, missingToAccept } from '../../shared/domain/handoff-qualify.ts';
import {
  type Criterion,
  concludedBy,
  criteria,
  type Finding,
  type Judgement,
  judgements,
  type Missing,
  type Statement,
} from '../../shared/domain/qualification.ts';
import { personOf, type Roster } from '../../shared/domain/roster.ts';
import { criterionQuestions, criterionWords, judgementWords } from '../../shared/domain/staff-words.ts';
import type { Reader } from './answer-reader.ts';
import type { AnswerPageSubject } from './answer-subject.ts';

const longestNote = 500;
const field = (part: 'is' | 'was' | 'note', criterion: Criterion): string => `${part}-${criterion}`;

/** Asked in the form to accept, where the policy does not let one tap be enough. */
export const acceptQuestions = `{% for question in questions %}<fieldset><legend>{{ question.label }}</legend><small>{{ question.asks }}</small>
{% for option in question.options %}<label><input type="radio" name="{{ question.name }}" value="{{ option.value }}" required> {{ option.label }}</label>
{% endfor %}</fieldset>
{% endfor %}`;

/** Notes are not shown: they may speak of people, and links are opened by programs and over shoulders. */
export const qualificationForm = `{% if qualification.size > 0 %}<details{% if open == 'qualify' %} open{% endif %}><summary>{{ words.qualify }}</summary>
<form method="post"><input type="hidden" name="answer" value="qualify">
{% for row in qualification %}<fieldset><legend>{{ row.label }}</legend><small>{{ row.asks }}</small><input type="hidden" name="{{ row.wasName }}" value="{{ row.was }}">
<select name="{{ row.name }}" aria-label="{{ row.label }}">{% for option in row.options %}<option value="{{ option.value }}"{% if option.chosen %} selected{% endif %}>{{ option.label }}</option>{% endfor %}</select>
{% if row.said %}<small>{{ row.said }}</small>{% endif %}
<label class="plain">{{ words.qualifyNote }} <input type="text" name="{{ row.noteName }}" maxlength="${longestNote}" value="{{ row.note }}"></label></fieldset>
{% endfor %}<p><small>{{ words.qualifyMeans }}</small></p>
<button type="submit">{{ words.qualifyButton }}</button></form></details>
{% endif %}`;

export const questionsFor = ({ locale }: Reader, { handoff, policy }: AnswerPageSubject) => {
  const { known, against } = missingToAccept(handoff, policy);
  return criteria
    .filter((criterion) => known.includes(criterion) || against.includes(criterion))
    .map((criterion) => ({
      name: field('is', criterion),
      label: criterionWords[criterion][locale],
      asks: criterionQuestions[criterion][locale],
      options: (['met', 'not-met'] as const).map((value) => ({
        value,
        label: judgementWords[value][locale],
      })),
    }));
};

export const qualificationRows = (reader: Reader, { handoff, roster, posted }: AnswerPageSubject) =>
  criteria.map((criterion) => {
    const { locale } = reader;
    const found = handoff.qualification?.[criterion];
    const concluded = found?.by === concludedBy;
    const judgement = found?.judgement ?? 'unknown';
    return {
      label: criterionWords[criterion][locale],
      asks: criterionQuestions[criterion][locale],
      name: field('is', criterion),
      wasName: field('was', criterion),
      noteName: field('note', criterion),
      was: concluded ? '' : judgement,
      said: saidLine(reader, roster, found),
      // Only what could not be recorded is left to be sent again.
      note:
        posted?.said === 'repeated' || posted?.said === 'done'
          ? ''
          : (posted?.form.get(field('note', criterion)) ?? ''),
      options: judgements.map((value) => ({
        value,
        label: judgementWords[value][locale],
        chosen: value === judgement,
      })),
    };
  });

/** Who said so, and when; nothing of what nobody knows yet. */
const saidLine = ({ words, timeOf }: Reader, roster: Roster, found: Finding | undefined): string => {
  if (found === undefined) return '';
  const { by, at, judgement, note } = found;
  if (by === concludedBy) return judgement === 'unknown' ? '' : words.concluded;
  return words.saidBy(personOf(roster, by)?.name ?? by, timeOf(at), note !== undefined);
};

/**
 * What was posted, without what was left as it was shown: nobody says anew what somebody else has said. What was
 * concluded is confirmed by leaving it.
 */
export const readStatement = (form: URLSearchParams): Statement =>
  Object.fromEntries(
    criteria.flatMap((criterion): (readonly [Criterion, Statement[Criterion]])[] => {
      const judgement = judgements.find((each) => each === form.get(field('is', criterion)));
      const note = (form.get(field('note', criterion)) ?? '').trim().slice(0, longestNote);
      const was = form.get(field('was', criterion)) || ('unknown' satisfies Judgement);
      const isConfirmed = form.get(field('was', criterion)) === '';
      if (judgement === undefined || (note === '' && judgement === was && !isConfirmed)) return [];
      if (note === '' && judgement === 'unknown' && was === 'unknown') return [];
      return [[criterion, note === '' ? judgement : { judgement, note }]];
    }),
  );

/** `Still missing to be an SQL: Need, Authority and one more.` Undefined: nothing is. */
export const missingLine = (
  { locale, words }: Reader,
  { handoff, policy }: AnswerPageSubject,
): string | undefined => {
  const { met, against, more }: Missing = missingForSql(handoff, policy);
  const names = (of: readonly Criterion[]) =>
    of.map((criterion) => criterionWords[criterion][locale]).join(', ');
  const parts = [
    ...(met.length === 0 && more === 0 ? [] : [words.missing(names(met), more)]),
    ...(against.length === 0 ? [] : [words.against(names(against))]),
  ];
  return parts.length === 0 ? undefined : parts.join(' ');
};
