import { describe, expect, it } from 'vitest';
import { consentPage, makeServeConsentPage } from '../../../functions/change-consent/serve-consent-page.ts';
import { DAY, HOUR, later, MINUTE } from '../../../shared/domain/time.ts';
import type { FactOf } from '../../../shared/events/facts.ts';
import { page } from '../../../shared/runtime/page.ts';
import { logLines } from '../../support/log-lines.ts';
import {
  aLead,
  becameMql,
  granted,
  type NurtureWorld,
  nurtureWorld,
  tuesday,
} from '../../support/nurture-world.ts';

const lines = logLines();

const stated = (overrides: Partial<FactOf<'ConsentStated'>> = {}): FactOf<'ConsentStated'> => ({
  type: 'ConsentStated',
  factId: 'lead-lead-1#1#0',
  leadId: 'lead-1',
  at: tuesday,
  basis: 'opt-in',
  statedAt: tuesday,
  proof: 'form on /newsletter',
  ...overrides,
});

type Call = Readonly<{
  method: string;
  url: string;
  contentType?: string;
  body?: string;
  language?: string;
  base64?: boolean;
}>;

const clientOf = (world: NurtureWorld) => {
  const clock = { now: world.now, refresh: async () => undefined, adjust: () => world.now() };
  const handler = page({
    name: 'change-consent-page',
    clock,
    handle: makeServeConsentPage(world.links),
    failure: (request) => consentPage('failed', request, 500),
  });
  return async ({ method, url, contentType, body, language, base64 = false }: Call) => {
    const { pathname, search } = new URL(url, 'https://baton.example');
    const event = {
      rawPath: pathname,
      rawQueryString: search.slice(1),
      headers: {
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
        ...(language === undefined ? {} : { 'accept-language': language }),
      },
      requestContext: { http: { method } },
      ...(body === undefined ? {} : { body: base64 ? Buffer.from(body).toString('base64') : body }),
      isBase64Encoded: base64,
    };
    const answer = await handler(event as never, {} as never);
    return answer as { statusCode: number; body: string; headers: Record<string, string> };
  };
};

const linkIn = (world: NurtureWorld, path: string): string => {
  const html = world.mailer.attempts.at(-1)!.mail.html;
  return new RegExp(`https://baton\\.example${path}\\?t=[\\w.-]+`).exec(html)![0];
};

/** A German lead has asked for the newsletter, and got the mail with the question. */
const questioned = async () => {
  const world = nurtureWorld({ lead: aLead({ country: 'DE', locale: 'de' }) });
  await world.changeConsent(stated());
  const [fact] = world.facts('ConsentChanged');
  await world.enroll(fact!);
  await world.tick();
  return { world, link: linkIn(world, '/consent/confirm'), call: clientOf(world) };
};

/** A lead has got a marketing mail. */
const mailed = async () => {
  const world = nurtureWorld();
  await world.putAddress(granted());
  await world.enroll(becameMql());
  world.wait(HOUR);
  await world.tick();
  return { world, link: linkIn(world, '/unsubscribe'), call: clientOf(world) };
};

describe('change-consent', () => {
  it('grants where a yes is enough, once', async () => {
    const world = nurtureWorld();
    expect(await world.changeConsent(stated())).toBe('granted');
    expect(await world.changeConsent(stated())).toBe('unchanged');
    expect(world.facts('ConsentChanged')).toMatchObject([{ leadId: 'lead-1', marketing: 'granted' }]);
  });

  it('applies one statement once when it is worked on twice at the same time', async () => {
    const world = nurtureWorld();
    await Promise.all([world.changeConsent(stated()), world.changeConsent(stated())]);
    expect(world.facts('ConsentChanged')).toHaveLength(1);
  });

  it('is void without an address', async () => {
    const world = nurtureWorld({ lead: aLead({ profile: {} }) });
    expect(await world.changeConsent(stated())).toBe('no-address');
  });

  it('keeps no personal data but the proof of the form', async () => {
    const world = nurtureWorld();
    await world.changeConsent(stated());
    const [fact] = world.facts('ConsentChanged');
    expect(JSON.stringify(fact)).not.toMatch(/johanna|@/i);
  });
});

describe('the link to confirm', () => {
  it('asks on GET and HEAD, and changes nothing', async () => {
    const { world, link, call } = await questioned();
    const asked = await call({ method: 'GET', url: link, language: 'de-AT,de;q=0.9,en;q=0.5' });
    expect(asked).toMatchObject({ statusCode: 200, headers: { 'content-language': 'de' } });
    expect(asked.body).toContain('<form method="post">');
    expect(asked.body.match(/<button/g)).toHaveLength(1);
    expect((await call({ method: 'HEAD', url: link })).body).toBe('');
    expect((await world.address())?.marketing).toBe('requested');
  });

  it('grants on POST, with proof, and again changes nothing', async () => {
    const { world, link, call } = await questioned();
    world.wait(DAY);
    expect(await call({ method: 'POST', url: link })).toMatchObject({ statusCode: 200 });
    const first = await world.address();
    expect(first).toMatchObject({ marketing: 'granted', basis: 'double-opt-in' });
    expect(first?.proof).toContain(world.enrolments()[0]!.id);
    expect(first?.proof).toContain('form on /newsletter');
    world.wait(DAY);
    expect((await call({ method: 'POST', url: link })).body).toContain('confirmed');
    expect(await world.address()).toEqual(first);
    expect(world.facts('ConsentChanged').map(({ marketing }) => marketing)).toEqual(['requested', 'granted']);
  });

  it('ends after 30 days', async () => {
    const { world, link, call } = await questioned();
    world.wait(30 * DAY);
    expect(await call({ method: 'GET', url: link })).toMatchObject({ statusCode: 410 });
    expect(await call({ method: 'POST', url: link })).toMatchObject({ statusCode: 410 });
    expect((await world.address())?.marketing).toBe('requested');
  });

  it.each(['', '?t=', '?t=abc', '?t=much-too-long'])('is none with %j', async (given) => {
    const query = given.replace('much-too-long', 'x'.repeat(3000));
    const { call } = await questioned();
    expect(await call({ method: 'GET', url: `/consent/confirm${query}` })).toMatchObject({ statusCode: 404 });
    expect(await call({ method: 'POST', url: `/consent/confirm${query}` })).toMatchObject({
      statusCode: 404,
    });
  });

  it('is not one to unsubscribe, and the other way round', async () => {
    const { world, link, call } = await questioned();
    await call({ method: 'POST', url: link.replace('/consent/confirm', '/unsubscribe') });
    expect((await world.address())?.marketing).toBe('requested');
    const other = await mailed();
    await other.call({ method: 'POST', url: other.link });
    const asConfirm = other.link.replace('/unsubscribe', '/consent/confirm');
    expect(await other.call({ method: 'POST', url: asConfirm })).toMatchObject({ statusCode: 404 });
    expect((await other.world.address())?.marketing).toBe('opted-out');
  });

  it('does not override an opt-out from after the question, but one from before it', async () => {
    const { world, link, call } = await questioned();
    world.wait(MINUTE);
    await call({ method: 'POST', url: await unsubscribeLink(world) });
    expect(await call({ method: 'POST', url: link })).toMatchObject({ statusCode: 409 });
    expect((await world.address())?.marketing).toBe('opted-out');

    world.wait(DAY);
    await world.changeConsent(stated({ factId: 'f2', statedAt: world.now() }));
    expect((await world.address())?.marketing).toBe('opted-out');
    await world.enroll(world.facts('ConsentChanged').at(-1)!);
    await world.tick();
    expect(world.mailer.attempts).toHaveLength(2);
    await call({ method: 'POST', url: linkIn(world, '/consent/confirm') });
    expect((await world.address())?.marketing).toBe('granted');
  });
});

const unsubscribeLink = async (world: NurtureWorld) => {
  const claims = { lead: 'lead-1', address: await world.addressId(), enrolment: 'e-0' };
  return `/unsubscribe?t=${await world.tokens.seal('unsubscribe', claims)}`;
};

describe('the link to unsubscribe, as RFC 8058 wants it', () => {
  const oneClick = 'List-Unsubscribe=One-Click';
  const form = 'application/x-www-form-urlencoded';
  const parts = (boundary: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`;

  it.each<[string, Omit<Call, 'url'>, boolean]>([
    ['a mailbox posts a form', { method: 'POST', contentType: form, body: oneClick }, true],
    ['as API Gateway hands it on', { method: 'POST', contentType: form, body: oneClick, base64: true }, true],
    [
      'a mailbox posts it in parts',
      { method: 'POST', contentType: 'multipart/form-data; boundary=x7', body: parts('x7') },
      true,
    ],
    ['a person presses the button', { method: 'POST', contentType: form, body: '' }, true],
    ['a post without a body', { method: 'POST' }, true],
    ['a scanner opens it', { method: 'GET' }, false],
    ['a scanner looks at its head', { method: 'HEAD' }, false],
    ['a stranger method', { method: 'PUT', body: oneClick }, false],
  ])('%s', async (_, request, ends) => {
    const { world, link, call } = await mailed();
    const answer = await call({ ...request, url: link });
    expect(answer.statusCode).toBe(request.method === 'PUT' ? 405 : 200);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect((await world.address())?.marketing).toBe(ends ? 'opted-out' : 'granted');
    expect(world.facts('ConsentChanged')).toHaveLength(ends ? 1 : 0);
  });

  it('twice is once, and years later it still works', async () => {
    const { world, link, call } = await mailed();
    world.wait(2000 * DAY);
    await call({ method: 'POST', url: link });
    await call({ method: 'POST', url: link });
    expect(world.facts('ConsentChanged')).toHaveLength(1);
  });

  it.each(['', '?t=abc', '?t=v3.local.AAAA'])(
    'says the same friendly thing for unknown links (%j)',
    async (query) => {
      const { world, call } = await mailed();
      expect(await call({ method: 'GET', url: `/unsubscribe${query}` })).toMatchObject({ statusCode: 200 });
      const answer = await call({ method: 'POST', url: `/unsubscribe${query}` });
      expect(answer).toMatchObject({ statusCode: 200 });
      expect(answer.body).toContain('If this link belongs to a subscription');
      expect((await world.address())?.marketing).toBe('granted');
    },
  );

  it('of a token that was altered changes nothing', async () => {
    const { world, link, call } = await mailed();
    const altered = link.slice(0, -8) + (link.at(-8) === 'A' ? 'B' : 'A') + link.slice(-7);
    expect(await call({ method: 'POST', url: altered })).toMatchObject({ statusCode: 200 });
    expect((await world.address())?.marketing).toBe('granted');
  });

  it('stops marketing at its next claim, but not answers', async () => {
    const { world, link, call } = await mailed();
    await call({ method: 'POST', url: link });
    await world.runUntil(later(tuesday, 30 * DAY));
    expect(world.mailer.attempts).toHaveLength(1);
    expect(world.facts('NurtureExited')).toMatchObject([{ reason: 'opted-out' }]);
  });

  it('says that it failed if it did, so that a mailbox tries again', async () => {
    const { world, link, call } = await mailed();
    Object.assign(world.deps.nurture, { commit: async () => Promise.reject(new Error('no table')) });
    expect(await call({ method: 'POST', url: link })).toMatchObject({ statusCode: 500 });
    expect(lines).toHaveLength(1);
  });
});

it('one who confirms a day later still gets the mails', async () => {
  const { world, link, call } = await questioned();
  await world.enroll(becameMql({ factId: 'f-mql' }));
  await world.runUntil(later(tuesday, DAY + 10 * MINUTE));
  expect(world.mailer.attempts).toHaveLength(1);
  await call({ method: 'POST', url: link });
  await world.runUntil(later(tuesday, 30 * DAY));
  expect(world.mailer.attempts.map(({ mail }) => mail.tags.text)).toEqual([
    'confirm-opt-in',
    'guide',
    'proof',
    'invite-to-talk',
  ]);
});
