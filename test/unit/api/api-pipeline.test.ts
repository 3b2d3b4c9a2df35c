import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { ApiCall } from '../../../shared/api/api-call.ts';
import { api } from '../../../shared/runtime/api.ts';
import { invocationClock } from '../../../shared/runtime/invocation-clock.ts';
import { aLambdaContext } from '../../support/lambda-context.ts';
import { logLines } from '../../support/log-lines.ts';

const lines = logLines();

const aCall = (overrides: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'POST /api/things/{id}',
  rawPath: '/api/things/t-1',
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  pathParameters: { id: 't-1' },
  // As little of it as is read.
  requestContext: {} as APIGatewayProxyEventV2['requestContext'],
  body: '{"a":"ü"}',
  isBase64Encoded: false,
  ...overrides,
});

const anApi = (handle: (call: ApiCall) => Promise<{ status: number; body: Record<string, unknown> }>) =>
  api({ name: 'door', clock: invocationClock(undefined), routes: { 'POST /api/things/{id}': handle } });

describe('an API', () => {
  it.each([
    ['as text', {}],
    ['as base64', { body: Buffer.from('{"a":"ü"}').toString('base64'), isBase64Encoded: true }],
  ])('hands over parameters and body, sent %s', async (_, overrides) => {
    const seen: ApiCall[] = [];
    const handler = anApi(async (call) => {
      seen.push(call);
      return { status: 200, body: { ok: true } };
    });
    expect(await handler(aCall(overrides), aLambdaContext())).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: '{"ok":true}',
    });
    expect(seen).toEqual([{ parameters: { id: 't-1' }, body: '{"a":"ü"}' }]);
  });

  it('hands over no body that is too large', async () => {
    const handler = anApi(async ({ body }) => ({ status: 200, body: { given: body !== undefined } }));
    const answer = await handler(aCall({ body: 'ü'.repeat(128 * 1024 + 1) }), aLambdaContext());
    expect(answer).toMatchObject({ body: '{"given":false}' });
  });

  it('says that there is no such route', async () => {
    const handler = anApi(async () => ({ status: 200, body: {} }));
    const answer = await handler(aCall({ routeKey: 'GET /api/other' }), aLambdaContext());
    expect(answer.statusCode).toBe(404);
  });

  it('answers with a code when something breaks, never with a trace', async () => {
    const handler = anApi(async () => {
      throw new Error('Johanna');
    });
    const answer = await handler(aCall(), aLambdaContext());
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '2' } });
    expect(JSON.parse(String(answer.body)).error).toMatchObject({
      code: 'failed',
      remedy: expect.any(String),
    });
    expect(`${answer.body}${lines.join()}`).not.toMatch(/Johanna|at \//);
    expect(lines.join()).toContain('call failed');
  });
});
