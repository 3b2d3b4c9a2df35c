import type { PageRequest, PageResponse } from '../../shared/pages/page-request.ts';
import { preferredLocale } from '../../shared/pages/preferred-locale.ts';
import { renderPage } from '../../shared/pages/render-page.ts';
import { answerWords } from './page-texts.ts';

/** A page about no handoff in particular, in the browser's language. */
export const plainPage = (
  name: 'expired' | 'invalid' | 'method' | 'failed',
  { language }: Pick<PageRequest, 'language'>,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): PageResponse => {
  const locale = preferredLocale(language);
  const words = answerWords(locale);
  return {
    status,
    headers: { 'content-language': locale, vary: 'accept-language', ...headers },
    html: renderPage('<h1>{{ title }}</h1>\n<p>{{ text }}</p>', {
      locale,
      title: words[`${name}Title`],
      text: words[name],
    }),
  };
};
