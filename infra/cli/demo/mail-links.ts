import type { RecordedMail } from '../../local/recorded-mail.ts';
import { unescaped } from './submit-form.ts';

/** The first link of a mail that leads to `path`, with the `query` given (such as `a=accept`). */
export const linkIn = ({ html }: RecordedMail, path: string, query = ''): string | undefined =>
  [...html.matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => unescaped(href))
    .find((href) => href.includes(path) && href.includes(query));
