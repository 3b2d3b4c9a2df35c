/** Whether a text has the given words in a row, whatever their case: "Head of Sales" has "head", "overhead" has not. */
export const hasWords = (text: string | undefined, words: string): boolean =>
  text !== undefined && spaced(text).includes(spaced(words));

/** The same few words of a policy are asked for again and again, and so are roles. */
const known = new Map<string, string>();
const mostKnown = 2000;

const spaced = (text: string): string => {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const made = separated(text);
  known.set(text, made);
  return made;
};

const separated = (text: string): string =>
  ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim()} `;
