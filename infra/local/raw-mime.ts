export type MimeMail = Readonly<{
  subject: string;
  html: string;
  text: string;
  headers: Readonly<Record<string, string>>;
}>;

/** The parts of a raw message that a reader sees: the first HTML and the first plain text, however nested. */
export const readRawMime = (raw: string): MimeMail => {
  const { headers, body } = split(raw.replaceAll('\r\n', '\n'));
  const parts = leaves(headers, body);
  return {
    subject: headers.Subject ?? '',
    html: parts.find(({ type }) => type === 'text/html')?.content ?? '',
    text: parts.find(({ type }) => type === 'text/plain')?.content ?? '',
    headers,
  };
};

const split = (entity: string) => {
  const end = entity.indexOf('\n\n');
  const head = end < 0 ? entity : entity.slice(0, end);
  const headers: Record<string, string> = {};
  for (const line of head.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim()] = decodeWords(line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? '' : entity.slice(end + 2) };
};

type Leaf = Readonly<{ type: string; content: string }>;

const leaves = (headers: Readonly<Record<string, string>>, body: string): Leaf[] => {
  const contentType = headerOf(headers, 'content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) {
    const encoding = headerOf(headers, 'content-transfer-encoding')?.toLowerCase() ?? '';
    return [{ type: contentType.split(';')[0]?.trim().toLowerCase() ?? '', content: decode(body, encoding) }];
  }
  return body
    .split(`--${boundary}`)
    .slice(1)
    .filter((part) => !part.startsWith('--'))
    .flatMap((part) => {
      const inner = split(part.replace(/^\n/, ''));
      return leaves(inner.headers, inner.body.replace(/\n$/, ''));
    });
};

const headerOf = (headers: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

const decode = (body: string, encoding: string): string => {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  return quotedPrintable(body.replaceAll('=\n', ''));
};

const quotedPrintable = (text: string): string =>
  text.replaceAll(/(?:=[0-9A-F]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
  );

/** `=?utf-8?B?...?=` in headers. */
const decodeWords = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, kind: string, value: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(value, 'base64').toString('utf8')
        : quotedPrintable(value.replaceAll('_', ' ')),
    );
