import { Liquid, type Template } from 'liquidjs';
import type { MailText } from '../policy/schema.ts';

/** What goes into a mail: texts and numbers, and lists of such. An absent key is an error, `null` is empty. */
export type MailVariables = Readonly<Record<string, unknown>>;

export type RenderedMail = Readonly<{ subject: string; html: string; text: string }>;

const strict = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  // `{% if name %}` may ask for what is not there; printing it may not.
  lenientIf: true,
  // Given, so that the engine does not load its tables of languages.
  locale: 'en',
  timezoneOffset: 0,
} as const;

const escaping = new Liquid({ ...strict, outputEscape: 'escape' });
const plain = new Liquid(strict);

/**
 * A compiled text with its variables filled in. In the html part every variable is escaped; subject and text part are
 * no html, so there nothing is. A subject is always one line: no variable can add a header.
 * @throws if the text uses a variable that is not given, or if a link leads neither to the web, a mailbox nor a telephone.
 */
export const renderMail = (text: MailText, variables: MailVariables): RenderedMail => {
  const parsed = parsedOf(text);
  const html = String(escaping.renderSync(parsed.html, variables));
  refuseForeignLinks(html);
  return {
    subject: oneLine(String(plain.renderSync(parsed.subject, variables))),
    html,
    text: withoutGaps(String(plain.renderSync(parsed.text, variables))),
  };
};

type ParsedText = Readonly<Record<'subject' | 'html' | 'text', Template[]>>;

/** Parsing takes longer than rendering, and a policy sends the same few texts. */
const known = new WeakMap<MailText, ParsedText>();

const parsedOf = (text: MailText): ParsedText => {
  const before = known.get(text);
  if (before !== undefined) return before;
  const parsed = {
    subject: plain.parse(text.subject),
    html: escaping.parse(text.html),
    text: plain.parse(text.text),
  };
  known.set(text, parsed);
  return parsed;
};

/** Escaping does not help where a variable is a link: it could still be a script. */
const refuseForeignLinks = (html: string): void => {
  for (const [, href = ''] of html.matchAll(/\bhref="([^"]*)"/g))
    if (!/^(https?:\/\/|mailto:|tel:)/.test(href))
      throw new TypeError('a link of the mail leads nowhere or to a script');
};

/** Blocks leave blanks and empty lines behind. What separates the foot from the letter (`-- `) has its blank by custom. */
const withoutGaps = (text: string): string =>
  `${text
    .replace(/^[ \t]+|(?<!^--)[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;

/** Control characters and line breaks, also those of Unicode, become spaces. */
const oneLine = (subject: string): string =>
  subject
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
