import { describe, expect, it } from 'vitest';
import { makeServeAnswerPage } from '../../../functions/answer-handoff/serve-answer-page.ts';
import type { LeadView } from '../../../shared/domain/lead-view.ts';
import type { Person } from '../../../shared/domain/roster.ts';
import { memoryTokens } from '../../../shared/simulation/memory-tokens.ts';
import { becameMql, handoffWorld, movedTo } from '../../support/handoff-world.ts';
import { aRoster } from '../../support/roster.ts';

const at = '2026-11-20T10:00:00.000Z';
const profile = {
  firstName: { value: 'Johanna', at },
  lastName: { value: 'Weber', at },
  email: { value: 'johanna@weber.example', at },
  company: { value: 'Weber <& Söhne>', at },
};

const opened = async (anna: Partial<Person> = {}, lead: Partial<LeadView> | { country: undefined } = {}) => {
  const world = handoffWorld({ roster: aRoster({ anna }) });
  // Not to be known is to be absent.
  await world.stageChanged(becameMql(world.aLead({ profile, ...lead } as Partial<LeadView>)));
  const tokens = memoryTokens(world.ports.clock);
  const serve = makeServeAnswerPage({ ...world.ports, answer: world.answer, tokens });
  const [handoff] = world.handoffs();
  const claims = { handoff: handoff!.id, assignment: 1 };
  const token = await tokens.seal('answer', claims, '2026-12-01T09:00:00.000Z');
  const ask = (method: string, form: Record<string, string> = {}, query: Record<string, string> = {}) =>
    serve({
      method,
      query: new URLSearchParams({ t: token, ...query }),
      form: new URLSearchParams(form),
    });
  return { world, tokens, claims, ask, handoff: () => world.handoffs()[0]! };
};

describe('opening the link', () => {
  it.each(['GET', 'HEAD'])('with %s changes nothing, and shows company and initials only', async (method) => {
    const { ask, handoff, world } = await opened();
    const before = handoff();
    const { status, html } = await ask(method, {}, { a: 'accept' });
    expect(status).toBe(200);
    expect(handoff()).toEqual(before);
    expect(world.table.stream).toHaveLength(1);
    expect(html).toContain('A lead from Weber &lt;&amp; Söhne&gt; (J. W.)');
    expect(html).not.toMatch(/Johanna|weber\.example|lead-1/);
    expect(html).not.toContain(before.id);
    expect(html).toMatch(/Please answer by .*24.*10:00/);
  });

  it("speaks the rep's language", async () => {
    const { ask } = await opened({ locale: 'de' });
    const { html, headers } = await ask('GET');
    expect(headers).toMatchObject({ 'content-language': 'de' });
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('Annehmen');
  });

  it('says what each reason leads to, and asks for what it needs', async () => {
    const { ask, world } = await opened();
    const { html } = await ask('GET', {}, { a: 'reject' });
    const { reject } = (await world.ports.policy.current()).policy;
    expect(html).toContain('<details open>');
    expect(html).toContain('Not ready yet <small>back to nurture until 23 December</small>');
    expect(html).toContain('No budget <small>back to nurture until 22 May 2027</small>');
    expect(html).toContain(
      'Not our kind of customer <small>never offered to sales again, unless it asks</small>',
    );
    expect(html).toContain(
      'Wrong or missing data <small>back to nurture, and may come again at any time</small>',
    );
    expect(html.match(/type="date"/g)).toHaveLength(reject.filter(({ askUntil }) => askUntil).length);
    expect(html.match(/<textarea/g)).toHaveLength(reject.filter(({ noteRequired }) => noteRequired).length);
  });
});

describe('answering', () => {
  it('accepts with one button, once', async () => {
    const { ask, handoff, world } = await opened();
    const first = await ask('POST', { answer: 'accept' });
    expect(first.status).toBe(200);
    expect(first.html).toContain('You have accepted this lead.');
    expect(handoff()).toMatchObject({ status: 'accepted' });
    const again = await ask('POST', { answer: 'accept' });
    expect(again.status).toBe(200);
    expect(again.html).toContain('That was recorded before');
    expect(world.told('HandoffAccepted')).toHaveLength(1);
    const looked = await ask('GET');
    expect(looked.html).toContain('Give it back');
    expect(looked.html).not.toContain('value="accept"');
  });

  it('rejects with a reason, and says what follows', async () => {
    const { ask, handoff, world } = await opened();
    const form = {
      answer: 'reject',
      reason: 'bad-timing',
      'until-bad-timing': '2027-03-03',
      'note-other': 'not this one',
    };
    const { status, html } = await ask('POST', form);
    expect(status).toBe(200);
    expect(html).toContain('You have rejected this lead (Bad timing): back to nurture until 3 March 2027.');
    expect(handoff().outcome).toMatchObject({
      type: 'rejected',
      until: '2027-03-02T23:00:00.000Z',
      by: 'anna',
    });
    expect(handoff().outcome).not.toHaveProperty('note');
    expect((await ask('POST', form)).status).toBe(200);
    expect(world.told('HandoffRejected')).toHaveLength(1);
    expect((await ask('GET')).status).toBe(410);
  });

  it.each([
    [{ answer: 'reject' }, 'Please choose a reason.'],
    [{ answer: 'reject', reason: 'mood' }, 'Please choose a reason.'],
    [{}, 'Please choose a reason.'],
    [{ answer: 'reject', reason: 'bad-timing' }, 'Please name a day'],
    [{ answer: 'reject', reason: 'bad-timing', 'until-bad-timing': '2027-02-30' }, 'Please name a day'],
    [{ answer: 'reject', reason: 'bad-timing', 'until-bad-timing': '2026-11-22' }, 'Please name a day'],
    [{ answer: 'reject', reason: 'bad-timing', 'until-bad-timing': '2099-01-01' }, 'Please name a day'],
    [{ answer: 'reject', reason: 'other', 'note-other': '  ' }, 'Please say in a few words why.'],
  ])('asks again where %j lacks something', async (form: Record<string, string>, message) => {
    const { ask, handoff } = await opened();
    const { status, html } = await ask('POST', form);
    expect(status).toBe(400);
    expect(html).toContain(message);
    if (form.reason === 'other') expect(html).toContain('value="other" required checked');
    expect(handoff().status).toBe('open');
  });

  it('passes on what was misrouted, and the link ends with it', async () => {
    const { ask, handoff } = await opened();
    const { status, html } = await ask('POST', { answer: 'reject', reason: 'misrouted' });
    expect(status).toBe(200);
    expect(html).toContain('It goes to somebody else');
    expect(handoff()).toMatchObject({ holder: 'ben', assignment: 2 });
    for (const method of ['GET', 'POST']) {
      const later = await ask(method, { answer: 'accept' });
      expect(later.status).toBe(410);
      expect(later.html).toContain('This lead is with Name of ben now.');
    }
    expect(handoff()).toMatchObject({ status: 'open', holder: 'ben' });
  });

  it('puts off the next deadlines once it is accepted, once, with a reason', async () => {
    const { ask, handoff, world } = await opened();
    expect((await ask('GET')).html).not.toContain('Put off');
    await ask('POST', { answer: 'accept' });
    const { html } = await ask('GET');
    expect(html).toContain('What waits until then: First contact, Qualification.');
    const [, until = ''] = /name="until" value="([^"]+)"/.exec(html) ?? [];
    const form = { answer: 'pause', until, why: 'Back on Wednesday' };
    const lacking = await ask('POST', { ...form, why: ' ' });
    expect([lacking.status, handoff().paused]).toEqual([400, undefined]);
    expect((await ask('POST', { ...form, until: 'soon' })).status).toBe(400);
    const done = await ask('POST', form);
    expect(done.status).toBe(200);
    expect(done.html).toContain('The next deadlines were put off until');
    expect(done.html).not.toContain('value="pause"');
    expect(handoff().paused).toMatchObject({ until, by: 'anna', reason: 'Back on Wednesday' });
    expect((await ask('POST', form)).html).toContain('That was recorded before');
    expect(world.told('HandoffPaused')).toHaveLength(1);
    expect(JSON.stringify(world.told('HandoffPaused'))).not.toContain('Wednesday');
  });

  it('asks for what the policy wants to be known before anybody accepts', async () => {
    const { ask, handoff } = await opened({}, { country: undefined });
    const { html } = await ask('GET');
    expect(html).toContain('<legend>Location</legend>');
    const bare = await ask('POST', { answer: 'accept' });
    expect([bare.status, handoff().status]).toEqual([400, 'open']);
    expect(bare.html).toContain('Please say first what is asked here.');
    const elsewhere = await ask('POST', { answer: 'accept', 'is-location': 'not-met' });
    expect([elsewhere.status, handoff().status]).toEqual([400, 'open']);
    expect(elsewhere.html).toContain('please reject it for that reason');
    expect((await ask('POST', { answer: 'accept', 'is-location': 'met' })).status).toBe(200);
    expect(handoff()).toMatchObject({
      status: 'accepted',
      qualification: { location: { judgement: 'met', by: 'anna' } },
    });
  });

  it('takes what is known, and says what is missing until it is an SQL', async () => {
    const { ask, handoff, world } = await opened();
    expect((await ask('GET')).html).not.toContain('What do you know?');
    const accepted = await ask('POST', { answer: 'accept' });
    expect(accepted.html).toContain('To be an SQL, still to be met: Need, Authority and one more.');
    const shown = (html: string) =>
      Object.fromEntries(
        [...html.matchAll(/name="(was-[a-z]+)" value="([a-z-]*)"/g)].map(([, name = '', was = '']) => [
          name,
          was,
        ]),
      );
    const before = { answer: 'qualify', ...shown(accepted.html) };
    expect(before).toMatchObject({ 'was-budget': 'unknown', 'was-location': '' });
    const unknown = { 'is-timeline': 'unknown', 'is-authority': 'unknown' };
    const first = await ask('POST', {
      ...before,
      ...unknown,
      'is-need': 'met',
      'is-budget': 'unknown',
      'is-location': 'met',
      'note-need': 'Johanna waits for leads',
    });
    expect(first.status).toBe(200);
    expect(first.html).toContain('That is noted.');
    expect(first.html).toContain('still to be met: Authority and one more.');
    expect(first.html).toContain('Name of anna, ');
    expect(first.html).not.toContain('Johanna');
    expect(handoff().qualification).toMatchObject({
      need: { judgement: 'met', note: 'Johanna waits for leads', by: 'anna' },
      // Left as it was concluded: confirmed.
      location: { judgement: 'met', by: 'anna' },
    });
    expect(Object.keys(handoff().qualification ?? {}).sort()).toEqual(['location', 'need']);
    const last = await ask('POST', {
      answer: 'qualify',
      ...shown(first.html),
      'is-need': 'met',
      'is-budget': 'met',
      'is-location': 'met',
      'is-timeline': 'unknown',
      'is-authority': 'met',
    });
    expect(last.html).toContain('This lead is qualified.');
    // What was left as it was shown keeps its note.
    expect(handoff()).toMatchObject({
      status: 'closed',
      outcome: { type: 'qualified', by: 'anna' },
      qualification: { need: { note: 'Johanna waits for leads' } },
    });
    expect(JSON.stringify(world.told('HandoffQualified'))).not.toContain('Johanna');
  });

  it('overrules nobody by what was left as it was shown', async () => {
    const { ask, handoff, world } = await opened();
    const { html } = await ask('POST', { answer: 'accept' });
    expect(html).toContain('name="was-budget" value="unknown"');
    const said = { type: 'qualify', qualification: { budget: 'not-met' } } as const;
    await world.answer({ handoffId: handoff().id, by: 'manager-dach', answer: said });
    const posted = await ask('POST', {
      answer: 'qualify',
      'was-budget': 'unknown',
      'is-budget': 'unknown',
      'was-need': 'unknown',
      'is-need': 'met',
    });
    expect(posted.html).toContain('Speaks against it: Budget.');
    expect(handoff().qualification?.budget).toMatchObject({ judgement: 'not-met', by: 'manager-dach' });
  });

  it('logs each contact once, and gives a lead up only after enough of them', async () => {
    const { ask, handoff, world } = await opened();
    expect((await ask('GET')).html).not.toContain('No response');
    await ask('POST', { answer: 'accept' });
    const { html } = await ask('GET');
    expect(html).toContain('disabled> No response <small>not yet: after 6 more attempts to reach it</small>');
    expect((await ask('POST', { answer: 'contact', nth: '0' })).html).toContain('Please choose how.');
    const call = { answer: 'contact', how: 'call' };
    for (const nth of ['0', '0', '1', '2', '3', '4', '5']) {
      world.moveTo(new Date(Date.parse(world.now()) + 60_000).toISOString());
      expect((await ask('POST', { ...call, nth })).status).toBe(200);
    }
    expect(handoff().contacts).toHaveLength(6);
    expect(world.told('HandoffContacted')).toHaveLength(1);
    const meanwhile = await ask('POST', { ...call, how: 'email', nth: '5' });
    expect(meanwhile.html).toContain('Another contact was noted meanwhile.');
    const called = await ask('GET');
    expect(called.html).toContain('6 attempts to reach it, the last on ');
    expect(called.html).toContain('No response <small>not yet: not before 7 December</small>');
    const early = await ask('POST', { answer: 'reject', reason: 'no-response' });
    expect([early.status, early.html.includes('That reason is not possible yet.')]).toEqual([400, true]);
  });

  it('lets an SQL be given back, as long as it is one', async () => {
    const { ask, handoff, world } = await opened();
    await ask('POST', { answer: 'accept' });
    const all = { 'is-need': 'met', 'is-authority': 'met', 'is-budget': 'met' };
    await ask('POST', { answer: 'qualify', ...all });
    expect((await ask('GET')).status).toBe(410);
    world.aLead({ profile, stage: 'sql', stageAt: world.now() });
    const { status, html } = await ask('GET');
    expect(status).toBe(200);
    expect(html).toContain('Give it back');
    expect(html).not.toContain('What do you know?');
    await ask('POST', { answer: 'reject', reason: 'no-budget' });
    expect(handoff().outcome).toMatchObject({ type: 'rejected', reason: 'no-budget' });
  });

  it('says so where the lead is gone', async () => {
    const { ask, world } = await opened();
    await world.stageChanged(
      movedTo(world.aLead({ profile, stage: 'lost', stageAt: '2026-11-23T10:00:00.000Z' })),
    );
    const { status, html } = await ask('POST', { answer: 'accept' });
    expect(status).toBe(410);
    expect(html).toContain('gone another way');
  });
});

describe('a link that is none', () => {
  it('is told apart: expired, altered, of another purpose', async () => {
    const { ask, tokens, claims, world } = await opened();
    const altered = await tokens.seal('answer', claims);
    const flipped = `${altered.slice(0, -2)}${altered.endsWith('A') ? 'BB' : 'AA'}`;
    const foreign = await tokens.seal('unsubscribe', claims);
    for (const t of ['', 'nonsense', flipped, foreign])
      for (const method of ['GET', 'POST'])
        expect((await ask(method, { answer: 'accept' }, { t })).status).toBe(400);
    world.moveTo('2026-12-01T09:00:01.000Z');
    const expired = await ask('POST', { answer: 'accept' });
    expect(expired.status).toBe(410);
    expect(expired.html).toContain('newest mail');
    expect(world.told('HandoffAccepted')).toEqual([]);
  });

  it('knows no other methods', async () => {
    const { ask } = await opened();
    expect(await ask('DELETE')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
  });
});
