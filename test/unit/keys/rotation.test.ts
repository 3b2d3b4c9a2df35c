import { describe, expect, it } from 'vitest';
import { makeServeAnswerPage } from '../../../functions/answer-handoff/serve-answer-page.ts';
import { rotateLinkKey } from '../../../infra/cli/keys/rotate-link-key.ts';
import { pasetoTokens } from '../../../shared/adapters/paseto-tokens.ts';
import { rotatedSecret, secretText } from '../../../shared/adapters/secrets-manager.ts';
import { DAY } from '../../../shared/domain/time.ts';
import { becameMql, handoffWorld } from '../../support/handoff-world.ts';
import { rotatingSecret } from '../../support/rotating-secret.ts';

/** One secret, a page that opens links, and a mailer that seals them: each is a process with a cache of its own. */
const aWorld = async () => {
  const world = handoffWorld();
  await world.stageChanged(becameMql(world.aLead()));
  let ms = 0;
  const secret = rotatingSecret('first', () => ms);
  const elapsed = () => ms;
  const page = pasetoTokens(rotatedSecret(secret.client, 'arn', elapsed), world.ports.clock);
  const serve = makeServeAnswerPage({ ...world.ports, answer: world.answer, tokens: page });
  const claims = { handoff: world.handoffs()[0]!.id, assignment: 1 };
  const aNewMailer = () => {
    const key = secretText(secret.client, 'arn', elapsed);
    const tokens = pasetoTokens(async () => ({ current: await key() }), world.ports.clock);
    return { aLink: () => tokens.seal('answer', claims, '2026-12-01T09:00:00.000Z') };
  };
  return {
    ...aNewMailer(),
    aNewMailer,
    world,
    secret,
    wait: (time: number) => {
      ms += time;
    },
    rotate: (evenEarly = false) => rotateLinkKey(secret.client, 'arn', { evenEarly, now: ms }),
    open: async (token: string) =>
      serve({ method: 'GET', query: new URLSearchParams({ t: token }), form: new URLSearchParams() }),
  };
};
const minute = 60_000;

describe('a link in a mail to sales', () => {
  it('opens after its key was rotated, and expires as it would have', async () => {
    const { world, rotate, aLink, open, wait } = await aWorld();
    const link = await aLink();
    expect(await rotate()).toEqual({ type: 'rotated' });
    expect((await open(link)).status).toBe(200);
    wait(6 * minute);
    expect((await open(link)).status).toBe(200);
    world.moveTo('2026-12-01T08:59:59.999Z');
    expect((await open(link)).status).toBe(200);
    world.moveTo('2026-12-01T09:00:00.000Z');
    expect((await open(link)).status).toBe(410);
  });

  it('is refused with the plain page after a second rotation', async () => {
    const { rotate, aLink, open, wait } = await aWorld();
    const link = await aLink();
    await rotate();
    wait(31 * DAY);
    const newer = await aLink();
    await rotate();
    wait(6 * minute);
    const refused = await open(link);
    expect(refused.status).toBe(400);
    expect(refused.html).not.toContain('<form');
    expect((await open(newer)).status).toBe(200);
  });

  it('opens though it was sealed with a key that the page has not heard of yet', async () => {
    const { rotate, aLink, aNewMailer, open, wait } = await aWorld();
    const old = await aLink();
    expect((await open(old)).status).toBe(200);
    wait(minute);
    await rotate();
    const link = await aNewMailer().aLink();
    expect((await open(link)).status).toBe(200);
    expect((await open(old)).status).toBe(200);
  });

  it('that nobody sealed costs no call each', async () => {
    const { aLink, open, secret, wait } = await aWorld();
    await open(await aLink());
    const before = secret.reads();
    for (let i = 0; i < 50; i++) expect((await open(`v3.local.${'A'.repeat(120 + i)}`)).status).toBe(400);
    expect(secret.reads()).toBe(before);
    wait(minute);
    for (let i = 0; i < 50; i++) await open(`v3.local.${'A'.repeat(120 + i)}`);
    // Once, of both stages.
    expect(secret.reads()).toBe(before + 2);
  });
});

describe('rotating the key', () => {
  it('is refused while links of the key before may be in use, unless they are to end', async () => {
    const { rotate, secret, wait } = await aWorld();
    await rotate();
    wait(30 * DAY - 1);
    expect(await rotate()).toMatchObject({ type: 'too-early', rotatedAt: '1970-01-01T00:00:00.000Z' });
    expect(secret.texts()).toHaveLength(2);
    expect(await rotate(true)).toEqual({ type: 'rotated' });
    wait(30 * DAY);
    expect(await rotate()).toEqual({ type: 'rotated' });
  });

  it('makes keys that are long, and no two the same', async () => {
    const { rotate, secret } = await aWorld();
    await rotate();
    await rotate(true);
    const [, second, third] = secret.texts();
    expect(second).toMatch(/^[\w-]{64}$/);
    expect(third).not.toBe(second);
  });

  it('does not hide that a secret cannot be read', async () => {
    const { client } = rotatingSecret('first', () => 0);
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    const send = async (command: { input: { VersionStage: string } }) => {
      if (command.input.VersionStage === 'AWSPREVIOUS') throw denied;
      // The double's own overload.
      return client.send(command as never);
    };
    await expect(rotatedSecret({ send } as never, 'arn')()).rejects.toBe(denied);
  });
});
