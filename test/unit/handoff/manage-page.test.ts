import { describe, expect, it } from 'vitest';
import { makeServeHandoffPages } from '../../../functions/answer-handoff/serve-handoff-pages.ts';
import type { Person } from '../../../shared/domain/roster.ts';
import { memoryTokens } from '../../../shared/simulation/memory-tokens.ts';
import { asks, becameMql, handoffWorld } from '../../support/handoff-world.ts';
import { aRoster } from '../../support/roster.ts';

const at = '2026-11-20T10:00:00.000Z';
const profile = {
  firstName: { value: 'Johanna', at },
  lastName: { value: 'Weber', at },
  email: { value: 'johanna@weber.example', at },
  company: { value: 'Weber <& Söhne>', at },
};
/** An hour after the deadline. */
const late = '2026-11-24T10:00:00.000Z';

const breached = async (manager: Partial<Person> = {}, managerId = 'manager-dach') => {
  const world = handoffWorld({ roster: aRoster({ 'manager-dach': manager }) });
  await world.stageChanged(becameMql(world.aLead({ profile })));
  world.moveTo(late);
  for (const due of await world.due()) await world.watch(due);
  const tokens = memoryTokens(world.ports.clock);
  const serve = makeServeHandoffPages({ ...world.ports, answer: world.answer, manage: world.manage, tokens });
  const claims = { handoff: world.handoffs()[0]!.id, manager: managerId };
  const token = await tokens.seal('manage', claims, '2026-12-01T09:00:00.000Z');
  const ask = (method: string, form: Record<string, string> = {}, query: Record<string, string> = {}) =>
    serve({
      method,
      path: '/handoffs/manage',
      query: new URLSearchParams({ t: token, ...query }),
      form: new URLSearchParams(form),
    });
  const post = (form: Record<string, string>) => ask('POST', { assignment: '1', ...form });
  return { world, tokens, claims, ask, post, handoff: () => world.handoffs()[0]! };
};

describe('opening the link', () => {
  it.each(['GET', 'HEAD'])('with %s changes nothing, whatever the button says', async (method) => {
    const { ask, handoff, world } = await breached();
    const [before, told] = [handoff(), world.table.stream.length];
    for (const a of ['give', 'take', 'until', 'pull-back'])
      expect((await ask(method, {}, { a })).status).toBe(200);
    expect(handoff()).toEqual(before);
    expect(world.table.stream).toHaveLength(told);
  });

  it('shows who holds it and how late, and of the lead only company and initials', async () => {
    const { ask, handoff } = await breached();
    const { html } = await ask('GET');
    expect(html).toContain('A lead from Weber &lt;&amp; Söhne&gt; (J. W.)');
    expect(html).toContain('Name of anna has held it since');
    expect(html).toContain('1 h late.');
    expect(html).toContain('the next manager is told');
    expect(html).not.toMatch(/Johanna|weber\.example|lead-1/);
    expect(html).not.toContain(handoff().id);
  });

  it('offers colleagues, time, and says what pulling back means', async () => {
    const { ask } = await breached();
    const { html } = await ask('GET', {}, { a: 'until' });
    expect([...html.matchAll(/name="to" value="(\w+)"/g)].map(([, id]) => id)).toEqual(['ben', 'carla']);
    expect(html.match(/name="until"/g)).toHaveLength(3);
    expect(html).toContain('goes back to nurture');
    expect(html).toContain('<details open><summary>Give Name of anna more time');
    expect(html.match(/<details open>/g)).toHaveLength(1);
  });

  it('offers no pulling back of a lead that asked', async () => {
    const { ask, world, post, handoff } = await breached();
    await world.askedToTalk(asks(world.leads.get('lead-1')!, 'e-2', late));
    const { html } = await ask('GET');
    expect(html).not.toContain('value="pull-back"');
    expect(html).toContain('You can take it yourself.');
    expect(await post({ action: 'pull-back' })).toMatchObject({ status: 400 });
    expect(handoff().status).toBe('open');
  });

  it("speaks the manager's language", async () => {
    const { ask } = await breached({ locale: 'de' });
    const { html, headers } = await ask('GET');
    expect(headers).toMatchObject({ 'content-language': 'de' });
    expect(html).toContain('Selbst übernehmen');
    expect(html).toContain('1 h überfällig');
  });
});

describe('stepping in', () => {
  it.each<[Record<string, string>, string, object]>([
    [{ action: 'take' }, 'It is yours now.', { holder: 'manager-dach', assignment: 2 }],
    [{ action: 'give', to: 'ben' }, 'It is with Name of ben now', { holder: 'ben', assignment: 2 }],
    [
      { action: 'give-until', until: '2026-11-25T10:00:00.000Z' },
      'Name of anna has until',
      { holder: 'anna', answerBy: '2026-11-25T10:00:00.000Z' },
    ],
    [{ action: 'pull-back' }, 'pulled back from sales', { status: 'closed' }],
  ])('acts once, and says so again: %j', async (form, words, expected) => {
    const { post, handoff, world } = await breached();
    const first = await post(form);
    expect(first).toMatchObject({ status: 200 });
    expect(first.html).toContain(words);
    expect(handoff()).toMatchObject(expected);
    const told = world.table.stream.length;
    const again = await post(form);
    expect(again).toMatchObject({ status: 200 });
    expect(again.html).toContain(words);
    expect(again.html).toContain('That was done before');
    expect(world.table.stream).toHaveLength(told);
    const { kept, counted } = world.loads();
    expect(kept).toEqual(counted);
  });

  it.each<[Record<string, string>, string]>([
    [{}, 'Please choose one.'],
    [{ action: 'give' }, 'Please choose one.'],
    [{ action: 'give-until', until: 'tomorrow' }, 'Please choose one.'],
    [{ action: 'give-until', until: '2026-11-25' }, 'Please choose one.'],
    [{ action: 'give', to: 'ian' }, 'Please choose somebody else.'],
    [{ action: 'give-until', until: '2026-12-24T10:00:00.000Z' }, 'Please choose again.'],
    [{ action: 'take', assignment: 'x' }, 'Please choose one.'],
  ])('asks again: %j', async (form, words) => {
    const { post, handoff } = await breached();
    const before = handoff();
    const { status, html } = await post(form);
    expect(status).toBe(400);
    expect(html).toContain(words);
    expect(handoff()).toEqual(before);
  });

  it('says so where it was answered meanwhile', async () => {
    const { ask, post, world, handoff } = await breached();
    await world.answer({ handoffId: handoff().id, by: 'anna', answer: { type: 'accept' } });
    for (const { status, html } of [await post({ action: 'take' }), await ask('GET')]) {
      expect(status).toBe(410);
      expect(html).toContain('Name of anna has accepted it.');
      expect(html).not.toContain('<form');
    }
    expect(handoff()).toMatchObject({ holder: 'anna', status: 'accepted' });
  });

  it('says so where somebody else holds it meanwhile, and shows what is true now', async () => {
    const { post, world, handoff } = await breached();
    await world.answer({
      handoffId: handoff().id,
      by: 'anna',
      answer: { type: 'reject', reason: 'misrouted' },
    });
    const { status, html } = await post({ action: 'take' });
    expect(status).toBe(409);
    expect(html).toContain('Meanwhile somebody else holds it');
    expect(html).toContain('name="assignment" value="2"');
    expect(handoff()).toMatchObject({ holder: 'ben', assignment: 2 });
  });

  it('is for managers', async () => {
    const { ask, post, handoff } = await breached({}, 'manager-international');
    expect(await post({ action: 'take' })).toMatchObject({ status: 403 });
    expect(handoff().holder).toBe('anna');
    expect((await ask('DELETE')).status).toBe(405);
  });
});

it('a link that is none is told apart, and a link to answer is none', async () => {
  const { ask, tokens, claims, world, handoff } = await breached();
  const foreign = await tokens.seal('answer', claims);
  const withoutManager = await tokens.seal('manage', { handoff: claims.handoff });
  for (const t of ['', 'nonsense', foreign, withoutManager])
    for (const method of ['GET', 'POST'])
      expect((await ask(method, { action: 'take', assignment: '1' }, { t })).status).toBe(400);
  world.moveTo('2026-12-01T09:00:01.000Z');
  expect((await ask('POST', { action: 'take', assignment: '1' })).status).toBe(410);
  expect(handoff().holder).toBe('anna');
});
