import * as v from 'valibot';
import type { PageRequest, PageResponse } from '../../shared/pages/page-request.ts';
import type { Tokens } from '../../shared/ports.ts';
import { plainPage } from './plain-page.ts';

/** What a link in a mail to sales is about; or the page to show because it cannot be followed. */
export const openStaffLink = async <S extends v.GenericSchema>(
  tokens: Tokens,
  purpose: string,
  schema: S,
  request: Pick<PageRequest, 'method' | 'query' | 'language'>,
): Promise<Readonly<{ claims: v.InferOutput<S> } | { page: PageResponse }>> => {
  if (!['GET', 'HEAD', 'POST'].includes(request.method))
    return { page: plainPage('method', request, 405, { allow: 'GET, HEAD, POST' }) };
  const opened = await tokens.open(purpose, request.query.get('t') ?? '');
  if (opened.type === 'expired') return { page: plainPage('expired', request, 410) };
  const claims = opened.type === 'valid' ? v.safeParse(schema, opened.claims) : undefined;
  return claims?.success === true ? { claims: claims.output } : { page: plainPage('invalid', request, 400) };
};
