import { preferredLocale } from '../../shared/pages/preferred-locale.ts';
import { renderPage } from '../../shared/pages/render-page.ts';
import type { FollowConsentLink } from './follow-consent-link.ts';
import { type PageName, pageWords } from './page-texts.ts';

/** What a page needs of a request, and what it answers. */
type PageRequest = Readonly<{ method: string; path: string; query: URLSearchParams; language?: string }>;
type PageResponse = Readonly<{ status: number; html: string; headers: Readonly<Record<string, string>> }>;

const body = `<h1>{{ title }}</h1>
<p>{{ text }}</p>
{% if button %}<form method="post"><button type="submit">{{ button }}</button></form>{% endif %}`;

/** One page: a title, a sentence, and for a question the button that posts to the very address it came from. */
export const consentPage = (
  name: PageName,
  { language }: Pick<PageRequest, 'language'>,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): PageResponse => {
  const locale = preferredLocale(language);
  const { title, text, button = null } = pageWords(name, locale);
  return {
    status,
    html: renderPage(body, { locale, title, text, button }),
    headers: { 'content-language': locale, vary: 'accept-language', ...headers },
  };
};

/**
 * The pages behind the links in mails to leads. To open one changes nothing; a post acts at once and never redirects,
 * whatever its body is: a mailbox posts `List-Unsubscribe=One-Click` (RFC 8058), as a form or in parts, a browser posts
 * an empty form.
 */
export const makeServeConsentPage =
  (links: FollowConsentLink) =>
  async (request: PageRequest): Promise<PageResponse> => {
    const token = request.query.get('t') ?? '';
    const unsubscribes = request.path.replace(/\/+$/, '').endsWith('/unsubscribe');
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        // Also an unknown link shows the button: whoever wants to leave is not told that they cannot.
        if (unsubscribes) return consentPage('askUnsubscribe', request);
        return confirmQuestion(await links.look('confirm', token), request);
      case 'POST':
        if (unsubscribes)
          return consentPage(
            (await links.unsubscribe(token)) === 'opted-out' ? 'unsubscribed' : 'neutral',
            request,
          );
        return confirmAnswer(await links.confirm(token), request);
      default:
        return consentPage('method', request, 405, { allow: 'GET, HEAD, POST' });
    }
  };

const confirmQuestion = (
  state: Awaited<ReturnType<FollowConsentLink['look']>>,
  request: PageRequest,
): PageResponse => (state === 'valid' ? consentPage('askConfirm', request) : deadLink(state, request));

const confirmAnswer = (
  outcome: Awaited<ReturnType<FollowConsentLink['confirm']>>,
  request: PageRequest,
): PageResponse => {
  switch (outcome) {
    case 'granted':
      return consentPage('confirmed', request);
    case 'superseded':
      return consentPage('superseded', request, 409);
    case 'expired':
    case 'invalid':
      return deadLink(outcome, request);
  }
};

const deadLink = (state: 'expired' | 'invalid', request: PageRequest): PageResponse =>
  consentPage(state, request, state === 'expired' ? 410 : 404);
