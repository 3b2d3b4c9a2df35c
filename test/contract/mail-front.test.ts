import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  PutSuppressedDestinationCommand,
  SESv2Client,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailFront, startMailFront } from '../../infra/local/mail-front.ts';

let front: MailFront;
let ses: SESv2Client;

beforeEach(async () => {
  front = await startMailFront();
  ses = new SESv2Client({
    endpoint: front.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  ses.destroy();
  await front.stop();
});

const aMail = (overrides: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
  FromEmailAddress: 'Baton <baton@baton.test>',
  Destination: { ToAddresses: ['ida@customer.test'] },
  ReplyToAddresses: ['rep@baton.test'],
  ConfigurationSetName: 'Baton-local-marketing',
  EmailTags: [{ Name: 'send', Value: 'e1_2' }],
  Content: {
    Simple: {
      Subject: { Data: 'Ihr Leitfaden <für Sie>' },
      Body: { Html: { Data: '<html><head><title>x</title></head><p>Hi</p></html>' }, Text: { Data: 'Hi' } },
      Headers: [{ Name: 'List-Unsubscribe', Value: '<https://baton.test/u>' }],
    },
  },
  ...overrides,
});

const send = (overrides?: Partial<SendEmailCommandInput>) => ses.send(new SendEmailCommand(aMail(overrides)));

describe('what is recorded', () => {
  it('keeps the whole mail under the id that the sender was told, at the virtual time', async () => {
    front.clock.jumpTo(Date.parse('2027-03-01T08:00:00.000Z'));
    const { MessageId } = await send();
    expect(front.mails()).toEqual([
      {
        id: MessageId,
        at: expect.stringMatching(/^2027-03-01T08:00:0\d\.\d{3}Z$/),
        stream: 'marketing',
        configurationSet: 'Baton-local-marketing',
        to: 'ida@customer.test',
        from: 'Baton <baton@baton.test>',
        replyTo: 'rep@baton.test',
        subject: 'Ihr Leitfaden <für Sie>',
        html: '<html><head><title>x</title></head><p>Hi</p></html>',
        text: 'Hi',
        headers: { 'List-Unsubscribe': '<https://baton.test/u>' },
        tags: { send: 'e1_2' },
      },
    ]);
    expect(await (await fetch(`${front.url}/mails`)).json()).toEqual(front.mails());
  });

  it.each([
    ['Baton-local-service', 'service'],
    ['Baton-local-MailStreamsInternal4F2A', 'internal'],
    ['something-else', undefined],
    [undefined, undefined],
  ])('configuration set %s is the stream %s', async (ConfigurationSetName, stream) => {
    await send({ ConfigurationSetName });
    expect(front.mails()[0]?.stream).toBe(stream);
  });

  it('reads raw messages: folded and encoded headers, nested parts, transfer encodings', async () => {
    const raw = [
      'From: baton@baton.test',
      'To: ida@customer.test',
      'Subject: =?utf-8?B?R3LDvMOfZQ==?=',
      'List-Unsubscribe: <https://baton.test/u>,',
      ' <mailto:u@baton.test>',
      'Content-Type: multipart/mixed; boundary="out"',
      '',
      '--out',
      'Content-Type: multipart/alternative; boundary=in',
      '',
      '--in',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=C3=BC=C3=9Fe, a soft =',
      'break',
      '--in',
      'Content-Type: text/html',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('<p>Grüße</p>').toString('base64'),
      '--in--',
      '--out--',
    ].join('\r\n');
    await send({
      FromEmailAddress: undefined,
      Destination: undefined,
      Content: { Raw: { Data: Buffer.from(raw) } },
    });
    expect(front.mails()[0]).toMatchObject({
      from: 'baton@baton.test',
      to: 'ida@customer.test',
      subject: 'Grüße',
      text: 'Grüße, a soft break',
      html: '<p>Grüße</p>',
      headers: { 'List-Unsubscribe': '<https://baton.test/u>, <mailto:u@baton.test>' },
    });
  });

  it('tells listeners, until they no longer want to know', async () => {
    const heard: string[] = [];
    const forget = front.onMail(({ subject }) => heard.push(subject));
    await send();
    forget();
    await send();
    expect(heard).toEqual(['Ihr Leitfaden <für Sie>']);
  });
});

describe('what is refused', () => {
  it.each([
    [
      'a tag that SES would not take',
      { EmailTags: [{ Name: 'send', Value: 'e1#2' }] },
      'BadRequestException',
    ],
    ['no recipient', { Destination: { ToAddresses: [] } }, 'BadRequestException'],
  ])('%s', async (_what, overrides, name) => {
    await expect(send(overrides)).rejects.toMatchObject({ name });
    expect(front.mails()).toEqual([]);
  });

  it('a call that nobody signed', async () => {
    const answer = await fetch(`${front.url}/v2/email/outbound-emails`, {
      method: 'POST',
      body: JSON.stringify(aMail()),
    });
    expect(answer.status).toBe(403);
    expect(front.mails()).toEqual([]);
  });

  it('whatever the emulator refuses, with its reason, and the call reaches it as it was signed', async () => {
    const seen: unknown[] = [];
    front.judgeWith({
      request: async (call) => {
        seen.push(call.headers?.host, call.headers?.authorization);
        return {
          status: 403,
          headers: {},
          body: Buffer.from('{"__type":"AccessDeniedException","message":"no"}'),
        };
      },
    });
    await expect(send()).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'no' });
    expect(seen).toEqual([new URL(front.url).host, expect.stringMatching(/^AWS4-HMAC-SHA256 /)]);
    expect(front.mails()).toEqual([]);
  });
});

describe('faults', () => {
  it.each([
    ['throttle', { name: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.' }, 0],
    ['daily-quota', { name: 'TooManyRequestsException', message: 'Daily message quota exceeded.' }, 0],
    ['server-error', { $metadata: { httpStatusCode: 500 } }, 0],
    ['lose-reply', { code: 'ECONNRESET' }, 1],
  ] as const)('%s, as often as asked for', async (fault, error, recorded) => {
    front.faults.set(fault, 1);
    await expect(send()).rejects.toMatchObject(error);
    expect(front.mails()).toHaveLength(recorded);
    await send();
    expect(front.mails()).toHaveLength(recorded + 1);
  });

  it('are set and cleared over HTTP, too', async () => {
    const control = (init: RequestInit) => fetch(`${front.url}/faults`, init);
    expect((await control({ method: 'PUT', body: '{"fault":"throttle"}' })).status).toBe(200);
    await expect(send()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await control({ method: 'DELETE' });
    await expect(send()).resolves.toBeDefined();
    expect((await control({ method: 'PUT', body: '{"fault":"thunder"}' })).status).toBe(400);
  });
});

describe('account and suppression list', () => {
  it('answers the account', async () => {
    expect(await ses.send(new GetAccountCommand())).toMatchObject({
      SendingEnabled: true,
      SendQuota: { MaxSendRate: 1000 },
    });
  });

  it('adds, lists, finds and removes addresses; a mail to one is taken and not delivered', async () => {
    const EmailAddress = 'Gone+1@customer.test';
    await ses.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'BOUNCE' }));
    await send({ Destination: { ToAddresses: ['gone+1@customer.test'] } });
    expect(front.mails()).toEqual([]);
    const { SuppressedDestination } = await ses.send(new GetSuppressedDestinationCommand({ EmailAddress }));
    expect(SuppressedDestination?.Reason).toBe('BOUNCE');
    const listed = async (reason: 'BOUNCE' | 'COMPLAINT') =>
      (await ses.send(new ListSuppressedDestinationsCommand({ Reasons: [reason] })))
        .SuppressedDestinationSummaries;
    expect(await listed('BOUNCE')).toHaveLength(1);
    expect(await listed('COMPLAINT')).toEqual([]);
    await ses.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
    await expect(ses.send(new GetSuppressedDestinationCommand({ EmailAddress }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

describe('the pages', () => {
  it('serves the offset of the clock', async () => {
    front.clock.jumpTo(Date.now() + 60_000);
    const { offsetMs } = (await (await fetch(`${front.url}/clock`)).json()) as { offsetMs: number };
    expect(offsetMs).toBeGreaterThan(59_000);
    expect(offsetMs).toBeLessThanOrEqual(60_000);
  });

  it('serves a mail that can run nothing and whose links open beside', async () => {
    const { MessageId } = await send();
    const answer = await fetch(`${front.url}/mails/${MessageId}/html`);
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups(?!.*allow-scripts)/);
    expect(await answer.text()).toContain('<head><base target="_blank"><title>');
  });

  it('escapes a text part that stands in for missing HTML', async () => {
    const { MessageId } = await send({
      Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: '<img onerror=x>' } } } },
    });
    const html = await (await fetch(`${front.url}/mails/${MessageId}/html`)).text();
    expect(html).toContain('&lt;img onerror=x&gt;');
  });

  it.each(['/mails/unknown/html', '/nope'])('knows no %s', async (path) => {
    expect((await fetch(front.url + path)).status).toBe(404);
  });
});

it('says so when its port is taken', async () => {
  const port = Number(new URL(front.url).port);
  await expect(startMailFront({ port })).rejects.toMatchObject({
    name: 'LocalStackError',
    message: expect.stringContaining(`lsof -i :${port}`),
  });
});
