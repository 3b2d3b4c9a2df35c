/** Whether a text has the given words in a row, whatever their case: "Head of Sales" has "head", "overhead" has not. */
export const hasWords = (text: string | undefined, words: string): boolean =>
  text !== undefined && spaced(text).includes(spaced(words));

const spaced = (text: string): string =>
  ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim()} `;
