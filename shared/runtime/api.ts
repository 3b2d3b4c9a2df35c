import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ApiAnswer, type ApiCall, type ApiRoutes, apiError } from '../api/api-call.ts';
import type { InvocationClock } from './invocation-clock.ts';
import { createLog, errorFields } from './log.ts';

/** A roster of a thousand people is half of that; an item of DynamoDB takes 400 KB. */
const largestBody = 256 * 1024;

const headers = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

/** HTTP of other systems -> here. What goes wrong inside is an error with a code, never a trace. */
export const api = ({
  name,
  clock,
  routes,
}: Readonly<{ name: string; clock: InvocationClock; routes: ApiRoutes }>) => {
  const log = createLog(name);
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(
    async (event: APIGatewayProxyEventV2) => {
      const answer = await serve(event, routes, clock).catch((error: unknown) => {
        log.error('call failed', errorFields(error));
        return failed;
      });
      return {
        statusCode: answer.status,
        headers: answer.status === 503 ? { ...headers, 'retry-after': '2' } : headers,
        body: JSON.stringify(answer.body),
      };
    },
  );
};

const serve = async (
  event: APIGatewayProxyEventV2,
  routes: ApiRoutes,
  clock: InvocationClock,
): Promise<ApiAnswer> => {
  const route = routes[event.routeKey];
  if (route === undefined) return noRoute;
  await clock.refresh();
  return route(callOf(event));
};

const callOf = ({ pathParameters, body = '', isBase64Encoded }: APIGatewayProxyEventV2): ApiCall => {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const parameters = Object.entries(pathParameters ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return {
    parameters: Object.fromEntries(parameters),
    body: bytes.length > largestBody ? undefined : bytes.toString('utf8'),
  };
};

const noRoute = apiError(404, {
  code: 'unknown-route',
  message: 'There is no such route.',
  remedy: 'Compare method and path with the README.',
});

const failed = apiError(503, {
  code: 'failed',
  message: 'It could not be done now; whether it was done is not known.',
  remedy: 'Send the same again, with the same id or version: what was done already is recognised.',
});
