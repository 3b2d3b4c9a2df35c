import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { makeServeHandoffCalls } from '../../../functions/answer-handoff/serve-handoff-calls.ts';
import { handoffSchema } from '../../../shared/domain/handoff.ts';
import { becameMql, type HandoffWorld, handoffWorld } from '../../support/handoff-world.ts';

type Body = Readonly<{
  result?: string;
  handoff?: Record<string, unknown>;
  error?: { code: string; message: string; remedy: string; reasons?: string[] };
}>;

const opened = async (start: Parameters<typeof handoffWorld>[0] = {}) => {
  const world = handoffWorld(start);
  await world.stageChanged(becameMql(world.aLead()));
  const id = world.handoffs()[0]!.id;
  return { world, id, ...callsOf(world, id) };
};

const callsOf = (world: HandoffWorld, id: string) => {
  const routes = makeServeHandoffCalls({ ...world, aggregates: world.ports.aggregates });
  const call = async (route: string, parameters: Record<string, string>, body?: unknown) => {
    const answer = await routes[route]!({
      parameters,
      body: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
    });
    return { status: answer.status, body: answer.body as Body };
  };
  return {
    show: (handoffId = id) => call('GET /api/handoffs/{id}', { id: handoffId }),
    say: (body: unknown, handoffId = id) => call('POST /api/handoffs/{id}/answers', { id: handoffId }, body),
  };
};

const accept = { id: 'crm-1', by: 'anna', answer: { type: 'accept' } };

describe('a handoff by API', () => {
  it('says who holds it and what is due, without what people wrote', async () => {
    const { world, show, say } = await opened();
    await say({
      id: 'c',
      by: 'anna',
      answer: { type: 'reject', reason: 'bad-timing', until: '2027-03-01T00:00:00Z', note: 'ask Johanna' },
    });
    const { status, body } = await show();
    expect(status).toBe(200);
    expect(body.handoff).toMatchObject({
      id: world.handoffs()[0]!.id,
      status: 'closed',
      holder: 'anna',
      assignment: 1,
      plan: { accept: { dueAt: expect.any(String), tiers: expect.any(Array) } },
      outcome: { type: 'rejected', reason: 'bad-timing', by: 'anna', until: '2027-03-01T00:00:00.000Z' },
    });
    expect(JSON.stringify(body)).not.toMatch(/Johanna|evidence|commands|unconfirmed|companyDomain/);
  });

  it.each(['h-unknown', 'h b', 'x'.repeat(300)])('is not found: %.20s', async (id) => {
    const { show, say } = await opened();
    for (const answer of [await show(id), await say(accept, id)])
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'unknown-handoff' } } });
  });
});

describe('an answer by API', () => {
  it('counts once, and says what became of it each time', async () => {
    const { world, say } = await opened();
    expect(await say(accept)).toMatchObject({
      status: 200,
      body: { result: 'done', handoff: { status: 'accepted' } },
    });
    expect(await say(accept)).toMatchObject({
      status: 200,
      body: { result: 'repeated', handoff: { status: 'accepted' } },
    });
    expect(world.told('HandoffAccepted')).toHaveLength(1);
  });

  it('is a repeat under its id whatever the handoff has become, and under another id it is refused', async () => {
    const { world, say } = await opened();
    await say(accept);
    await say({ id: 'crm-2', by: 'anna', answer: { type: 'reject', reason: 'no-need' } });
    const before = [...world.table.items];
    expect(await say(accept)).toMatchObject({
      status: 200,
      body: { result: 'repeated', handoff: { status: 'closed' } },
    });
    expect(await say({ ...accept, id: 'crm-3' })).toMatchObject({
      status: 409,
      body: {
        error: { code: 'closed', remedy: expect.any(String) },
        handoff: { outcome: { type: 'rejected' } },
      },
    });
    expect([...world.table.items]).toEqual(before);
  });

  it('under an id that was used for other words is refused', async () => {
    const { say } = await opened();
    await say(accept);
    expect(await say({ ...accept, answer: { type: 'contact', how: 'call' } })).toMatchObject({
      status: 409,
      body: { error: { code: 'id-reused' } },
    });
  });

  it('that was refused may be sent again under its id when it can be', async () => {
    const { say } = await opened();
    const pause = {
      id: 'p',
      by: 'anna',
      answer: { type: 'pause', until: '2026-11-24T09:00:00Z', reason: 'ill' },
    };
    expect(await say(pause)).toMatchObject({ status: 409, body: { error: { code: 'not-accepted' } } });
    await say(accept);
    expect(await say(pause)).toMatchObject({ status: 200, body: { result: 'done' } });
  });

  it('of two at once with one id counts once', async () => {
    const { world, say } = await opened();
    const answers = await Promise.all([say(accept), say(accept), say(accept)]);
    expect(answers.map(({ body }) => body.result).toSorted()).toEqual(['done', 'repeated', 'repeated']);
    expect(world.told('HandoffAccepted')).toHaveLength(1);
  });

  it('is remembered for the last twenty commands only', async () => {
    const { world, say } = await opened();
    await say(accept);
    const manager = 'manager-dach';
    for (let i = 0; i < 25; i++)
      await say({ id: `c-${i}`, by: manager, answer: { type: 'contact', how: i % 2 ? 'call' : 'email' } });
    const commands = world.handoffs()[0]!.commands ?? [];
    expect(commands.length).toBeLessThanOrEqual(20);
    expect(v.parse(handoffSchema, world.handoffs()[0]).commands).toEqual(commands);
  });

  it.each<[string, number, string, Record<string, unknown>]>([
    ['somebody else says it', 409, 'not-holder', { by: 'ian' }],
    ['it is for an assignment that was', 409, 'reassigned', { assignment: 7 }],
    ['there is no such reason', 422, 'unknown-reason', { answer: { type: 'reject', reason: 'mood' } }],
    ['it needs a day', 422, 'until-needed', { answer: { type: 'reject', reason: 'bad-timing' } }],
    [
      'it was not accepted',
      409,
      'not-accepted',
      { answer: { type: 'qualify', qualification: { need: 'met' } } },
    ],
    ['somebody acts who is no manager', 409, 'not-manager', { assignment: 1, answer: { type: 'take' } }],
    [
      'a manager saw another assignment',
      409,
      'moved',
      { by: 'manager-dach', assignment: 2, answer: { type: 'take' } },
    ],
    [
      'it is given to no colleague',
      422,
      'no-colleague',
      { by: 'manager-dach', assignment: 1, answer: { type: 'give', to: 'eve' } },
    ],
  ])('is refused with code and remedy where %s', async (_, status, code, overrides) => {
    const { world, say } = await opened();
    const before = [...world.table.items];
    expect(await say({ ...accept, ...overrides })).toMatchObject({
      status,
      body: {
        error: { code, message: expect.stringMatching(/[.]$/), remedy: expect.stringMatching(/[.]$/) },
        handoff: { status: 'open', holder: 'anna' },
      },
    });
    expect([...world.table.items]).toEqual(before);
  });

  it('of a manager does what their page does', async () => {
    const { world, say } = await opened();
    const give = { id: 'g', by: 'manager-dach', assignment: 1, answer: { type: 'give', to: 'ben' } };
    expect(await say(give)).toMatchObject({
      status: 200,
      body: { result: 'done', handoff: { holder: 'ben', assignment: 2 } },
    });
    expect(await say(give)).toMatchObject({
      status: 200,
      body: { result: 'repeated', handoff: { holder: 'ben' } },
    });
    expect(world.told('HandoffReassigned')).toHaveLength(1);
  });

  it.each<[string, unknown, number, string, RegExp]>([
    ['no JSON', '{', 400, 'invalid-json', /^$/],
    ['nobody', { id: 'a', answer: { type: 'accept' } }, 422, 'invalid-body', /by: missing/],
    ['no id', { by: 'anna', answer: { type: 'accept' } }, 422, 'invalid-body', /id: missing/],
    ['a field too many', { ...accept, secret: 'Johanna' }, 422, 'invalid-body', /secret: unknown field/],
    ['an answer that is none', { ...accept, answer: { type: 'Johanna' } }, 422, 'invalid-body', /answer/],
    [
      'a note too long',
      { ...accept, answer: { type: 'reject', reason: 'no-need', note: 'Johanna '.repeat(200) } },
      422,
      'invalid-body',
      /answer.note: not a valid max length/,
    ],
    [
      'no assignment for a manager',
      { ...accept, answer: { type: 'take' } },
      422,
      'invalid-body',
      /assignment: a manager acts/,
    ],
  ])(
    'is not understood where it says %s, and nothing of it is repeated',
    async (_, body, status, code, reasons) => {
      const { say } = await opened();
      const answer = await say(body);
      expect(answer).toMatchObject({ status, body: { error: { code, remedy: expect.any(String) } } });
      expect(answer.body.error?.reasons?.join('\n') ?? '').toMatch(reasons);
      expect(JSON.stringify(answer)).not.toContain('Johanna');
    },
  );

  it('waits for a roster', async () => {
    const { world, id } = await opened();
    const { aggregates } = world.ports;
    const nobody: typeof aggregates = {
      ...aggregates,
      load: (kind, key) => aggregates.load(kind, kind === 'roster' ? 'nobody has put it' : key),
    };
    const { say } = callsOf({ ...world, ...world.functions({ aggregates: nobody }) }, id);
    expect(await say(accept)).toMatchObject({ status: 409, body: { error: { code: 'nobody-to-ask' } } });
  });
});
