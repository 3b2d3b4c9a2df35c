/**
 * `Name <address>` for a header: a name that is not plain letters is quoted, one that is not ASCII is encoded
 * (RFC 2047). Without a name of its own it keeps the one in `from`.
 */
export const mailboxOf = (from: string, name?: string): string => {
  const [, given = '', address = from] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  const shown = (name ?? given.replace(/^"(.*)"$/, '$1')).replace(/[\p{Cc}]+/gu, ' ').trim();
  return shown === '' ? address.trim() : `${phrase(shown)} <${address}>`;
};

const phrase = (name: string): string => {
  if (/^[A-Za-z0-9 ]+$/.test(name)) return name;
  if (/^[\x20-\x7e]+$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  return chunksOf(name)
    .map((chunk) => `=?UTF-8?B?${Buffer.from(chunk).toString('base64')}?=`)
    .join(' ');
};

/** An encoded word has at most 75 characters, and no letter may be torn apart. */
const chunksOf = (name: string): readonly string[] => {
  const chunks = [''];
  for (const letter of name) {
    const longer = `${chunks.at(-1) ?? ''}${letter}`;
    if (Buffer.byteLength(longer) <= 45) chunks[chunks.length - 1] = longer;
    else chunks.push(letter);
  }
  return chunks;
};
