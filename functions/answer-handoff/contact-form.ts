import { personalContacts } from '../../shared/domain/contact-kinds.ts';
import { attemptsOf } from '../../shared/domain/handoff-contact.ts';
import type { Reader } from './answer-reader.ts';
import type { AnswerPageSubject } from './answer-subject.ts';

export const contactForm = `{% if contacts.size > 0 %}<details{% if open == 'contact' %} open{% endif %}><summary>{{ words.contact }}</summary>
<form method="post"><input type="hidden" name="answer" value="contact"><input type="hidden" name="nth" value="{{ contacted }}">
<fieldset><legend>{{ words.contactHow }}</legend>
{% for how in contacts %}<label><input type="radio" name="how" value="{{ how.value }}" required> {{ how.label }}</label>
{% endfor %}</fieldset>
<button type="submit">{{ words.contactButton }}</button></form></details>
{% endif %}`;

export const contactOptions = ({ words }: Reader) =>
  personalContacts.map((value) => ({ value, label: words.contactKinds[value] }));

/** `3 attempts to reach it, the last on Tuesday.` */
export const contactLine = (
  { words, timeOf }: Reader,
  { handoff, policy, roster, now }: AnswerPageSubject,
): string | undefined => {
  const { made } = attemptsOf(handoff, { policy, roster, now });
  const last = handoff.contacts?.at(-1)?.at;
  return made === 0 || last === undefined ? undefined : words.contacted(made, timeOf(last));
};

/** Of what was posted: the same form twice is one contact, as many as the page had shown before it. */
export const contactCommand = (form: URLSearchParams, assignment: number): string =>
  `page ${assignment} contact ${form.get('nth') ?? ''}`;

/** Why a lead cannot be given up as not answering yet. */
export const attemptsWords = (
  { words, dateOf }: Reader,
  { handoff, policy, roster, now }: AnswerPageSubject,
): string => {
  const { more, notBefore } = attemptsOf(handoff, { policy, roster, now });
  return words.attemptsNeeded(more, notBefore === undefined ? undefined : dateOf(notBefore));
};
