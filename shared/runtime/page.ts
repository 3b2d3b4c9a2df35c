import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { PageRequest, PageResponse } from '../pages/page-request.ts';
import type { InvocationClock } from './invocation-clock.ts';
import { createLog, errorFields } from './log.ts';

const largestForm = 16_384;

/** A page never runs scripts, is never framed, cached or indexed, and tells nobody where it was. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

/** HTTP -> here. What goes wrong inside is a plain page with `failure`, never a trace. */
export const page = ({
  name,
  clock,
  handle,
  failure,
}: Readonly<{
  name: string;
  clock: InvocationClock;
  handle: (request: PageRequest) => Promise<PageResponse>;
  failure: (request: PageRequest) => PageResponse;
}>) => {
  const log = createLog(name);
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use({ before: () => clock.refresh() })
    .handler(async (event: APIGatewayProxyEventV2) => {
      const request = requestOf(event);
      const response = await handle(request).catch((error: unknown) => {
        log.error('request failed', errorFields(error));
        return failure(request);
      });
      return {
        statusCode: response.status,
        headers: { ...headers, ...response.headers },
        body: request.method === 'HEAD' ? '' : response.html,
      };
    });
};

const requestOf = ({
  requestContext,
  rawPath,
  rawQueryString,
  headers: sent,
  body = '',
  isBase64Encoded,
}: APIGatewayProxyEventV2): PageRequest => {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  const isForm =
    sent['content-type']?.startsWith('application/x-www-form-urlencoded') === true &&
    text.length <= largestForm;
  const language = sent['accept-language'];
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: new URLSearchParams(rawQueryString),
    form: new URLSearchParams(isForm ? text : ''),
    ...(language === undefined ? {} : { language }),
  };
};
