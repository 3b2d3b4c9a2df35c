import { setTimeout } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi } from '../../infra/cli/api/call-api.ts';
import type { Credentials } from '../../infra/cli/api/sign-request.ts';
import { storyEvents } from '../../infra/cli/demo/story.ts';
import type { EnvironmentConnection } from '../../infra/cli/environment-connection.ts';
import { rotateLinkKey } from '../../infra/cli/keys/rotate-link-key.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../../infra/cli/local-environment.ts';
import { putEvents } from '../../infra/cli/put-events.ts';
import { pasetoTokens } from '../../shared/adapters/paseto-tokens.ts';
import { rotatedSecret } from '../../shared/adapters/secrets-manager.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import { DAY, later } from '../../shared/domain/time.ts';
import { deadLetters, factsOf, handoffCausedBy } from '../support/e2e-stack.ts';
import { iamUser } from '../support/iam-user.ts';

let environment: LocalEnvironment;
let handoff: Handoff;
beforeAll(async () => {
  environment = await startLocalEnvironment({});
  handoff = await askedBy('ada');
});
afterAll(() => environment?.stop());

/** Somebody who fits asks for a demo, so a rep has their handoff. */
const askedBy = async (name: string): Promise<Handoff> => {
  const { events, names, stack } = environment;
  const { profiles, engagements } = storyEvents(environment.now(), [
    {
      email: `${name}@werk-${name}.example`,
      traits: {
        company: `Werk ${name}`,
        employees: 320,
        industry: 'manufacturing',
        role: 'head',
        country: 'DE',
      },
      did: [{ kind: 'demo-requested', agoMs: 0 }],
    },
  ]);
  const asked = engagements.map(({ type, detail }) => ({ type, detail: { ...detail, id: `asked-${name}` } }));
  await putEvents(events, names.BusName, profiles);
  await stack.waitUntilQuiet();
  await putEvents(events, names.BusName, asked);
  await stack.waitUntilQuiet();
  return (await handoffCausedBy(environment, new RegExp(`^asked-${name}$`))).handoff;
};

/** As somebody with these credentials; as the account itself by default. */
const as = (credentials?: Credentials): EnvironmentConnection => {
  const { clientConfig, outputs } = environment.stack;
  return {
    environment: 'local',
    outputs,
    clientConfig: credentials === undefined ? clientConfig : { ...clientConfig, credentials },
  };
};
const answersOf = ({ id }: Handoff) => `/api/handoffs/${id}/answers`;

describe('the API', () => {
  it('lets nobody in without a signature', async () => {
    for (const [method, path] of [
      ['GET', `/api/handoffs/${handoff.id}`],
      ['POST', answersOf(handoff)],
      ['GET', '/api/roster'],
      ['PUT', '/api/roster'],
    ] as const) {
      const answer = await fetch(environment.stack.apiUrl + path, { method });
      expect(answer.status, path).toBe(403);
      expect(await answer.text()).not.toContain(handoff.leadId);
    }
  });

  it('lets in who may, to what they may', async () => {
    const { emulator, outputs } = environment.stack;
    const arn = `arn:aws:execute-api:${emulator.region}:${emulator.accountId}:${outputs.ApiId}/$default`;
    const crm = await iamUser(emulator, 'crm', {
      Action: 'execute-api:Invoke',
      Resource: `${arn}/*/api/handoffs/*`,
    });
    const stranger = await iamUser(emulator, 'stranger', undefined);
    const show = { method: 'GET', path: `/api/handoffs/${handoff.id}` } as const;
    expect(await callApi(as(crm), show)).toMatchObject({
      status: 200,
      body: { handoff: { id: handoff.id, status: 'open', holder: handoff.holder } },
    });
    const refused = /may not call/;
    await expect(callApi(as(crm), { method: 'GET', path: '/api/roster' })).rejects.toThrow(refused);
    await expect(callApi(as(stranger), show)).rejects.toThrow(refused);
    await expect(callApi(as({ ...crm, secretAccessKey: 'guessed' }), show)).rejects.toThrow(refused);
  });

  it('takes an answer once, and the lead follows', async () => {
    const say = {
      id: 'crm-1',
      by: handoff.holder,
      answer: { type: 'accept', qualification: { need: 'met' } },
    };
    const results = [];
    for (let i = 0; i < 3; i++)
      results.push(await callApi(as(), { method: 'POST', path: answersOf(handoff), say }));
    expect(results.map(({ body }) => body)).toMatchObject([
      { result: 'done', handoff: { status: 'accepted' } },
      { result: 'repeated', handoff: { status: 'accepted' } },
      { result: 'repeated', handoff: { status: 'accepted' } },
    ]);
    await environment.stack.waitUntilQuiet();
    const facts = await factsOf(environment, handoff.leadId);
    expect(facts.filter(({ type }) => type === 'HandoffAccepted')).toHaveLength(1);
    expect(facts).toContainEqual(expect.objectContaining({ type: 'LeadStageChanged', to: 'sal' }));
    expect(await deadLetters(environment)).toEqual({});
  });

  it('says what is wrong, in JSON', async () => {
    const post = (say: unknown) => callApi(as(), { method: 'POST', path: answersOf(handoff), say });
    expect(await post({ id: 'crm-2', by: 'nobody', answer: { type: 'accept' } })).toMatchObject({
      status: 409,
      body: { error: { code: 'not-holder' } },
    });
    expect(await post({ by: handoff.holder })).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid-body' } },
    });
    expect(await callApi(as(), { method: 'GET', path: '/api/handoffs/h-nobody-knows' })).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown-handoff' } },
    });
  });

  it('keeps the roster, from the next decision on', async () => {
    const read = await callApi(as(), { method: 'GET', path: '/api/roster' });
    expect(read).toMatchObject({ status: 200, body: { people: environment.roster.people } });
    const next = await askedBy('berta');
    const { version, people, teams } = read.body as { version: number } & LocalEnvironment['roster'];
    const without = {
      version,
      people: people.filter(({ id }) => id !== next.holder),
      teams: teams.map((team) => ({ ...team, members: team.members.filter((id) => id !== next.holder) })),
    };
    const put = () => callApi(as(), { method: 'PUT', path: '/api/roster', say: without });
    expect(await put()).toMatchObject({
      status: 200,
      body: { result: 'done', version: version + 1, left: [next.holder] },
    });
    expect(await put()).toMatchObject({ status: 200, body: { result: 'repeated', version: version + 1 } });
    expect(await callApi(as(), { method: 'PUT', path: '/api/roster', say: read.body })).toMatchObject({
      status: 409,
      body: { error: { code: 'changed-before' }, version: version + 1 },
    });
    expect((await askedBy('carl')).holder).not.toBe(next.holder);
    // Whoever leaves drops nothing: what they held goes to a colleague.
    await environment.travel.playUntil(later(environment.now(), DAY / 3));
    await environment.stack.waitUntilQuiet();
    const { handoff: given } = await handoffCausedBy(environment, /^asked-berta$/);
    expect(given.holder).not.toBe(next.holder);
    expect(given.status).toBe('open');
  });

  it('is what `baton handoff` calls', async () => {
    const baton = (...args: string[]) =>
      execa('node', ['infra/cli/baton.ts', 'handoff', ...args, '--env', 'local', '--json'], {
        reject: false,
        stdin: 'ignore',
        env: { ...environment.stack.emulator.settings },
      });
    const dora = await askedBy('dora');
    const told = await baton('show', '--id', dora.id);
    expect(JSON.parse(told.stdout)).toMatchObject({ handoff: { id: dora.id, status: 'open' } });
    const accept = [
      'answer',
      '--id',
      dora.id,
      '--by',
      dora.holder ?? '',
      '--answer',
      'accept',
      '--command',
      'c',
    ];
    expect(JSON.parse((await baton(...accept)).stdout)).toMatchObject({ result: 'done' });
    expect(JSON.parse((await baton(...accept)).stdout)).toMatchObject({ result: 'repeated' });
    const refused = await baton('answer', '--id', dora.id, '--by', 'nobody', '--answer', 'accept');
    expect(refused.exitCode).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'not-holder' } });
  });
});

it('a link in a mail to sales outlives one change of its key, and not a second', async () => {
  const { outputs, clientConfig, apiUrl } = environment.stack;
  const client = new SecretsManagerClient(clientConfig);
  const secret = outputs.LinkKeySecretArn ?? '';
  const aLink = () =>
    // Each time as a process that has just started.
    pasetoTokens(rotatedSecret(client, secret), environment).seal(
      'answer',
      { handoff: handoff.id, assignment: handoff.assignment },
      later(environment.now(), 30 * DAY),
    );
  const open = async (token: string) =>
    (await fetch(`${apiUrl}/handoffs/answer?t=${encodeURIComponent(token)}`)).status;
  const rotate = (evenEarly: boolean) => rotateLinkKey(client, secret, { evenEarly, now: Date.now() });
  /** The page asks for keys that it does not know at most every five seconds. */
  const untilAskedAgain = () => setTimeout(5_500);

  const first = await aLink();
  expect(await open(first)).toBe(200);
  expect(await rotate(false)).toEqual({ type: 'rotated' });
  const second = await aLink();
  await untilAskedAgain();
  expect([await open(second), await open(first)]).toEqual([200, 200]);
  expect(await rotate(false)).toMatchObject({ type: 'too-early' });
  expect(await rotate(true)).toEqual({ type: 'rotated' });
  const third = await aLink();
  await untilAskedAgain();
  expect([await open(third), await open(second), await open(first)]).toEqual([200, 200, 400]);
});
