import type { Locale } from './locale.ts';
import type { Profile } from './profile.ts';

/**
 * A name is letters, blanks, hyphens, apostrophes and the dot of an initial. Anything else came from a form that was
 * filled in to make us send something to somebody: a link, an address, a sentence.
 */
const name = /^(?:\p{L}\.|\p{L}[\p{L}\p{M}'’-]*)(?: (?:\p{L}\.|\p{L}[\p{L}\p{M}'’-]*)){0,3}$/u;
const longestName = 40;

const nameOf = (trait: Profile['firstName']): string | undefined => {
  const value = trait?.value.trim().replace(/\s+/g, ' ');
  return value !== undefined && value.length <= longestName && name.test(value) ? value : undefined;
};

/**
 * How a mail begins, without the comma. German mails are formal: with the whole name or none, for a first name alone
 * would be too close, and a last name alone needs a form of address that nobody has told us.
 */
export const salutationOf = ({ firstName, lastName }: Profile, locale: Locale): string => {
  const [first, last] = [nameOf(firstName), nameOf(lastName)];
  if (locale === 'de')
    return first === undefined || last === undefined ? 'Guten Tag' : `Guten Tag ${first} ${last}`;
  return first === undefined ? 'Hello' : `Hello ${first}`;
};
