import { unescaped } from '../../infra/cli/demo/submit-form.ts';
import type { RecordedMail } from '../../infra/local/recorded-mail.ts';

/** Where the first link of a mail with this text on it leads, exactly as it stands in the mail. */
export const linkNamed = ({ html, subject }: RecordedMail, text: string): string => {
  const found = [...html.matchAll(/<a\b[^>]*\bhref="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].find(
    ([, , inside = '']) => inside.replace(/<[^>]+>/g, '').trim() === text,
  );
  if (found === undefined) throw new Error(`the mail "${subject}" has no link "${text}"`);
  return unescaped(found[1] ?? '');
};

/** The address for one click (RFC 8058) in a mail's headers. */
export const oneClickLink = ({ headers, subject }: RecordedMail): string => {
  const link = /<(https?:[^>]+)>/.exec(headers['List-Unsubscribe'] ?? '')?.[1];
  if (link === undefined) throw new Error(`the mail "${subject}" has no List-Unsubscribe`);
  return link;
};

/** Every address in a mail that a program may come upon: in its HTML, its text and its headers. */
export const linksOf = ({ html, text, headers }: RecordedMail): readonly string[] => [
  ...new Set(
    [unescaped(html), text, ...Object.values(headers)].flatMap(
      (part) => part.match(/https?:\/\/[^\s"'<>)\]]+/g) ?? [],
    ),
  ),
];

/** What programs that guard mailboxes do: they open every link before anybody reads the mail. Returns how many. */
export const scanLinks = async (mails: readonly RecordedMail[], host: string): Promise<number> => {
  // The company's own website may be linked too; nobody is there.
  const links = new Set(mails.flatMap(linksOf).filter((link) => link.startsWith(host)));
  for (const link of links)
    for (const method of ['HEAD', 'GET']) {
      const { status } = await fetch(link, { method, redirect: 'manual' });
      if (status !== 200) throw new Error(`${method} of a link in a mail answered ${status}`);
    }
  return links.size;
};

/** The first mail made of this text. */
export const mailOf = (
  mails: readonly RecordedMail[],
  text: string,
  fits: (mail: RecordedMail) => boolean = () => true,
): RecordedMail => {
  const mail = mails.find((candidate) => candidate.tags.text === text && fits(candidate));
  if (mail === undefined) throw new Error(`no mail ${text} was sent`);
  return mail;
};
