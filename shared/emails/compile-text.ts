import { convert } from 'html-to-text';
import { Liquid } from 'liquidjs';
import markdownIt from 'markdown-it';
import mjml2html from 'mjml';
import type { Locale } from '../domain/locale.ts';
import type { MailText } from '../policy/schema.ts';
import { checkLinks, checkTemplate } from './check-template.ts';
import { footOf } from './foot.ts';
import { leadMailVariableNames } from './lead-mail-variables.ts';
import { type LiquidTokens, liquidTokens, unwrapBlocks } from './liquid-tokens.ts';
import { InvalidTextError, readTextSource, type TextSource } from './text-source.ts';

/** Above 102 KB Gmail cuts a mail off, and the unsubscribe line with it. Variables still come on top. */
const largestHtml = 60_000;

const markdown = markdownIt({ html: false, linkify: false, typographer: false });
/** The layout is filled in when texts are published; its own marks leave those of the mail alone. */
const layoutEngine = new Liquid({
  tagDelimiterLeft: '[%',
  tagDelimiterRight: '%]',
  outputDelimiterLeft: '[[',
  outputDelimiterRight: ']]',
  strictVariables: true,
  lenientIf: true,
});

/** One text in one language -> templates. @throws InvalidTextError naming file and field. */
export const compileText = async ({
  file,
  locale,
  source,
  layout,
}: Readonly<{ file: string; locale: Locale; source: string; layout: string }>): Promise<MailText> => {
  const text = readTextSource(file, source);
  const known = text.layout === 'plain' ? (text.variables ?? []) : leadMailVariableNames;
  for (const field of ['subject', 'preheader', 'body'] as const)
    checkTemplate({ file, field, template: text[field], known });
  if (text.button !== undefined)
    checkTemplate({ file, field: 'button.label', template: text.button.label, known });

  const tokens = liquidTokens();
  const body = unwrapBlocks(markdown.render(tokens.hide(text.body)));
  const button = text.button && {
    label: tokens.hide(text.button.label),
    href: tokens.hide(hrefOf(file, text.button.url, known)),
  };
  const foot = text.layout === 'plain' ? undefined : tokens.hide(footOf(locale));
  const html = await htmlOf(file, tokens, { layout, locale, text, body, button, foot });
  checkLinks(file, html, tokens);
  return {
    subject: text.subject,
    preheader: text.preheader,
    html: tokens.show(html),
    text: tokens.show(textOf({ body, button, foot })),
  };
};

type Parts = Readonly<{
  body: string;
  button: Readonly<{ label: string; href: string }> | undefined;
  foot: string | undefined;
}>;

const hrefOf = (file: string, url: string, known: readonly string[]): string => {
  if (/^https:\/\/[^\s"'<>]+$/.test(url)) return url;
  const [first = ''] = url.split('.');
  if (!/^[a-z]\w*(\.[a-z]\w*)*$/i.test(url) || !known.includes(first))
    throw new InvalidTextError(file, 'button.url', 'is neither an https address nor a known variable');
  return `{{ ${url} }}`;
};

const htmlOf = async (
  file: string,
  tokens: LiquidTokens,
  { layout, locale, text, ...parts }: Parts & Readonly<{ layout: string; locale: Locale; text: TextSource }>,
): Promise<string> => {
  const source = await layoutEngine.parseAndRender(layout, {
    lang: locale,
    subject: escapeHtml(tokens.hide(text.subject)),
    preheader: escapeHtml(tokens.hide(text.preheader)),
    body: parts.body,
    button: parts.button && {
      label: escapeHtml(parts.button.label),
      href: parts.button.href.replaceAll('&', '&amp;'),
    },
    foot: parts.foot,
  });
  const { html } = await mjml2html(source, { validationLevel: 'strict', keepComments: false, fonts: {} });
  const small = withoutIndentation(html);
  if (small.length > largestHtml)
    throw new InvalidTextError(file, 'body', `is too long: its html would have ${small.length} characters`);
  return small;
};

/** Every text carries the layout, and most of a layout is indentation. Line breaks stay: they separate words. */
const withoutIndentation = (html: string): string =>
  html.replace(/^[ \t]+|[ \t]+$/gm, '').replace(/\n{2,}/g, '\n');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const textOf = ({ body, button, foot }: Parts): string => {
  const letter = plainText(body);
  const action = button === undefined ? '' : `\n\n${button.label}:\n${button.href}`;
  return `${letter}${action}${foot === undefined ? '' : `\n\n-- \n${plainText(foot)}`}\n`;
};

const plainText = (html: string): string =>
  convert(html, {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { linkBrackets: ['<', '>'], hideLinkHrefIfSameAsText: true } },
      { selector: 'ul', options: { itemPrefix: '- ' } },
      ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
