import { describe, expect, it } from 'vitest';
import { handoffView } from '../../../functions/answer-handoff/handoff-view.ts';
import { signRequest } from '../../../infra/cli/api/sign-request.ts';
import { describeHandoff } from '../../../infra/cli/handoff/describe-handoff.ts';
import { readReply } from '../../../infra/cli/handoff/read-reply.ts';
import { aHandoff } from '../../support/handoffs.ts';

const told = (overrides: Parameters<typeof aHandoff>[1] = {}) =>
  JSON.parse(JSON.stringify({ handoff: handoffView(aHandoff({}, overrides)) }));

describe('what the API says', () => {
  it('is read as it is written, and told in a few lines', () => {
    const { handoff } = readReply({ status: 200, body: told() });
    expect(describeHandoff(handoff!).split('\n')).toEqual([
      expect.stringMatching(/^h-1: open, normal, lead /),
      'anna holds it (team dach, assignment 1)',
      'accept by 2026-11-24T09:00:00.000Z',
      expect.stringMatching(/^first contact by /),
    ]);
  });

  it('of one that is over says how it ended', () => {
    const outcome = { type: 'rejected', reason: 'no-need', at: '2026-11-23T10:00:00.000Z' } as const;
    const { handoff } = readReply({ status: 200, body: told({ status: 'closed', outcome }) });
    expect(describeHandoff(handoff!)).toMatch(/\nrejected \(no-need\) at 2026-11-23T10:00:00.000Z$/);
  });

  it('about an error is told with its remedy', () => {
    const error = {
      code: 'closed',
      message: 'It is closed.',
      remedy: 'Nothing is to be done.',
      reasons: ['by: missing'],
    };
    expect(readReply({ status: 409, body: { error } })).toEqual({
      error: 'It is closed. (closed)\n  by: missing\nNothing is to be done.',
    });
  });

  it.each([
    [200, { handoff: 3 }],
    [502, { message: 'Bad Gateway' }],
  ])('is not guessed: %j', (status, body) => {
    expect(() => readReply({ status, body })).toThrow(/deploy this version/);
  });
});

describe('signing', () => {
  /** That it is right is shown end to end: there another implementation judges it. */
  const request = { method: 'GET', host: 'a.test', path: '/api/handoffs/h-1', body: '' };
  const at = new Date('2026-11-24T09:08:07.123Z');

  it('names time, scope and what it covers', () => {
    const headers = signRequest(
      request,
      { accessKeyId: 'AK', secretAccessKey: 's', sessionToken: 't' },
      {
        service: 'execute-api',
        region: 'eu-central-1',
        at,
      },
    );
    expect(headers).toMatchObject({
      host: 'a.test',
      'x-amz-date': '20261124T090807Z',
      'x-amz-security-token': 't',
    });
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AK\/20261124\/eu-central-1\/execute-api\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
  });

  it.each([{ method: 'PUT' }, { host: 'b.test' }, { path: '/api/handoffs/h-2' }, { body: '{}' }])(
    'covers %j',
    (other) => {
      const sign = (what: typeof request) =>
        signRequest(
          what,
          { accessKeyId: 'AK', secretAccessKey: 's' },
          { service: 'execute-api', region: 'r', at },
        ).authorization;
      expect(sign({ ...request, ...other })).not.toBe(sign(request));
    },
  );
});
