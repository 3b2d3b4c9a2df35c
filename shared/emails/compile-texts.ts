/**
 * Mails are written as Markdown in `texts/<name>.<en|de>.md`, with Liquid variables, under YAML front matter:
 *
 *   subject    one line.
 *   preheader  one line: what a mailbox shows after the subject.
 *   button     optional: `{ label, url }`; `url` is a known variable (`confirmUrl`, `links.accept`) or an https address.
 *   layout     optional: `plain` for mails to staff, without the company's particulars and the unsubscribe line.
 *   variables  the variables of a `plain` text, by their first name (`[lead, holder]`). A text to leads has those of
 *              `lead-mail-variables.ts` instead; only they may be used.
 *
 * A link in the body is written out, or is one variable and nothing else: `[answer]({{ accept }})`; after `mailto:` and
 * `tel:` a variable may stand too. Tags allowed: if, elsif, else, unless, for; one that stands alone in its paragraph
 * leaves no empty one behind. `null` is printed as nothing; a variable that is not given is an error when the mail is
 * rendered.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Locale, locales } from '../domain/locale.ts';
import type { MailText } from '../policy/schema.ts';
import { compileText } from './compile-text.ts';
import { InvalidTextError } from './text-source.ts';

const ownTexts = join(import.meta.dirname, 'texts');
const layoutFile = join(import.meta.dirname, 'layout.mjml');

export type CompiledTexts = Readonly<Record<string, Readonly<Record<Locale, MailText>>>>;

/**
 * All texts of a directory (Baton's own without one), compiled into what a policy carries. For publishing only: it
 * loads a compiler of layouts that has no place on Lambda.
 * @throws InvalidTextError naming file and field; also if a language of a text is missing.
 */
export const compileTexts = async (directory = ownTexts): Promise<CompiledTexts> => {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.md')).sort();
  const layout = await readFile(layoutFile, 'utf8');
  const texts: Record<string, Partial<Record<Locale, MailText>>> = {};
  for (const file of files) {
    const [, name, locale] = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z]{2})\.md$/.exec(file) ?? [];
    const known = locales.find((candidate) => candidate === locale);
    if (name === undefined || known === undefined)
      throw new InvalidTextError(file, 'name', `is not <name>.<${locales.join('|')}>.md`);
    const source = await readFile(join(directory, file), 'utf8');
    texts[name] = { ...texts[name], [known]: await compileText({ file, locale: known, source, layout }) };
  }
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, inAllLanguages(name, text)]));
};

const inAllLanguages = (name: string, { en, de }: Partial<Record<Locale, MailText>>) => {
  if (en === undefined) throw new InvalidTextError(`${name}.en.md`, 'file', 'is missing');
  if (de === undefined) throw new InvalidTextError(`${name}.de.md`, 'file', 'is missing');
  return { en, de };
};
