import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { PageRequest } from '../../shared/pages/page-request.ts';
import { renderPage } from '../../shared/pages/render-page.ts';
import { invocationClock } from '../../shared/runtime/invocation-clock.ts';
import { page } from '../../shared/runtime/page.ts';
import { aLambdaContext } from '../support/lambda-context.ts';
import { logLines } from '../support/log-lines.ts';

const lines = logLines();

const aRequest = (overrides: Partial<APIGatewayProxyEventV2> & { method?: string } = {}) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: '/door',
  rawQueryString: 't=a%2Bb',
  headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de-AT' },
  requestContext: { http: { method: overrides.method ?? 'GET' } } as APIGatewayProxyEventV2['requestContext'],
  isBase64Encoded: false,
  ...overrides,
});

const aPage = (handle: (request: PageRequest) => Promise<{ status: number; html: string }>) =>
  page({
    name: 'door',
    clock: invocationClock(undefined),
    handle,
    failure: () => ({ status: 500, html: 'try again later' }),
  });

describe('a page', () => {
  it('reads query, form and language', async () => {
    const seen: PageRequest[] = [];
    const handler = aPage(async (request) => {
      seen.push(request);
      return { status: 200, html: 'ok' };
    });
    const body = Buffer.from('note=a+b%26c').toString('base64');
    await handler(aRequest({ method: 'POST', body, isBase64Encoded: true }), aLambdaContext());
    expect(seen[0]?.query.get('t')).toBe('a+b');
    expect(seen[0]?.form.get('note')).toBe('a b&c');
    expect(seen[0]?.language).toBe('de-AT');
  });

  it('forbids scripts, frames, caches and referrers', async () => {
    const handler = aPage(async () => ({ status: 200, html: 'ok' }));
    const response = await handler(aRequest(), aLambdaContext());
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it('shows a plain page when something breaks, never a trace', async () => {
    const handler = aPage(async () => {
      throw new Error('secret');
    });
    expect(await handler(aRequest(), aLambdaContext())).toMatchObject({
      statusCode: 500,
      body: 'try again later',
    });
    expect(lines.join()).toContain('request failed');
    expect(lines.join()).not.toContain('secret');
  });

  it('answers HEAD without a body', async () => {
    const handler = aPage(async () => ({ status: 200, html: 'ok' }));
    expect(await handler(aRequest({ method: 'HEAD' }), aLambdaContext())).toMatchObject({
      statusCode: 200,
      body: '',
    });
  });
});

describe('rendering a page', () => {
  it('escapes what comes from outside', () => {
    const html = renderPage('<p>{{ company }}</p>', { locale: 'en', title: 'Hi', company: '<script>"&' });
    expect(html).toContain('<p>&lt;script&gt;&#34;&amp;</p>');
  });

  it('refuses a template with an unknown variable', () => {
    expect(() => renderPage('{{ nobody }}', { locale: 'en', title: 'Hi' })).toThrow(/nobody/);
  });
});
