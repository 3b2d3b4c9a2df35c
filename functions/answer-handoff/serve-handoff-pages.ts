import type { PageRequest, PageResponse } from '../../shared/pages/page-request.ts';
import { makeServeAnswerPage, type ServeAnswerPageDeps } from './serve-answer-page.ts';
import { makeServeManagePage, type ServeManagePageDeps } from './serve-manage-page.ts';

/** Behind links in mails to sales: reps answer, managers step in. */
export const makeServeHandoffPages = (
  deps: ServeAnswerPageDeps & ServeManagePageDeps,
): ((request: PageRequest) => Promise<PageResponse>) => {
  const answer = makeServeAnswerPage(deps);
  const manage = makeServeManagePage(deps);
  return (request) => (request.path === '/handoffs/manage' ? manage(request) : answer(request));
};
