import {
  AccountSuspendedException,
  BadRequestException,
  InternalServiceErrorException,
  LimitExceededException,
  MailFromDomainNotVerifiedException,
  MessageRejected,
  NotFoundException,
  SendingPausedException,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { type MailRouting, routeMail } from '../../../shared/adapters/mail-routing.ts';
import { mailboxOf } from '../../../shared/adapters/mailbox-header.ts';
import { sendOutcomeOf } from '../../../shared/adapters/ses-errors.ts';
import { sesClient, sesMailer } from '../../../shared/adapters/ses-mailer.ts';
import type { Mail } from '../../../shared/ports.ts';

const mail: Mail = {
  stream: 'marketing',
  to: 'jo@customer.example',
  subject: 'Grüße',
  html: '<p>ö</p>',
  text: 'ö',
  headers: { 'List-Unsubscribe': '<https://x.example/u>' },
  tags: { campaign: 'mql-nurture', enrolment: 'e-1', odd: 'lead#1#0' },
};

const clientThat = (answer: () => unknown) => {
  const sent: unknown[] = [];
  const send = async (command: { input: unknown }) => {
    sent.push(command.input);
    return answer();
  };
  // A double of the SDK's overloaded method.
  return { client: { send } as never, sent };
};

const mailerOf = (answer: () => unknown, routing: MailRouting = { mode: 'live', to: '' }) => {
  const { client, sent } = clientThat(answer);
  const configurationSets = { marketing: 'baton-marketing' };
  return { mailer: sesMailer({ from: 'Baton <hi@ours.example>', routing, configurationSets }, client), sent };
};

describe('sesMailer', () => {
  it('sends one whole message with its configuration set, headers and tags', async () => {
    const { mailer, sent } = mailerOf(() => ({ MessageId: 'm1' }));
    expect(await mailer.send({ ...mail, fromName: 'Jörg', replyTo: 'rep@ours.example' })).toEqual({
      type: 'sent',
      messageId: 'm1',
    });
    expect(sent).toMatchObject([
      {
        FromEmailAddress: '=?UTF-8?B?SsO2cmc=?= <hi@ours.example>',
        Destination: { ToAddresses: ['jo@customer.example'] },
        ReplyToAddresses: ['rep@ours.example'],
        ConfigurationSetName: 'baton-marketing',
        EmailTags: [
          { Name: 'campaign', Value: 'mql-nurture' },
          { Name: 'enrolment', Value: 'e-1' },
          { Name: 'odd', Value: 'lead-1-0' },
        ],
        Content: {
          Simple: {
            Subject: { Data: 'Grüße', Charset: 'UTF-8' },
            Headers: [{ Name: 'List-Unsubscribe', Value: '<https://x.example/u>' }],
          },
        },
      },
    ]);
  });

  it('sends nothing on a stream without a configuration set', async () => {
    const { mailer, sent } = mailerOf(() => ({ MessageId: 'm1' }));
    expect(await mailer.send({ ...mail, stream: 'internal' })).toMatchObject({ type: 'paused' });
    expect(sent).toEqual([]);
  });

  it('redirects, and says whom it was for', async () => {
    const { mailer, sent } = mailerOf(() => ({ MessageId: 'm1' }), {
      mode: 'redirect',
      to: 'us@ours.example',
    });
    await mailer.send(mail);
    expect(sent).toMatchObject([{ Destination: { ToAddresses: ['us@ours.example'] } }]);
    expect(JSON.stringify(sent)).toContain('X-Original-To');
  });

  it('never throws', async () => {
    const { mailer } = mailerOf(() => {
      throw new Error('anything');
    });
    expect(await mailer.send(mail)).toEqual({ type: 'unknown' });
  });

  it('asks once', async () => {
    expect(await sesClient().config.maxAttempts()).toBe(1);
  });
});

describe('where a mail goes', () => {
  it.each<[MailRouting['mode'], string, string]>([
    ['live', '', 'to'],
    ['redirect', 'us@ours.example', 'to'],
    ['redirect', ' ', 'paused'],
    ['allow-list', 'ours.example', 'refused'],
    ['allow-list', '', 'refused'],
    ['allow-list', 'ours.example, Customer.example', 'to'],
    ['allow-list', '@customer.example', 'to'],
    ['allow-list', 'jo@customer.example', 'to'],
    ['allow-list', 'omer.example', 'refused'],
  ])('%s %j: %s', (mode, to, expected) => {
    expect(routeMail('jo@customer.example', { mode, to }).type).toBe(expected);
  });
});

const meta = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
const error = (name: string, message: string, httpStatusCode?: number) =>
  Object.assign(new Error(message), { name, ...(httpStatusCode === undefined ? {} : meta(httpStatusCode)) });

describe('what an error of SES says about the mail', () => {
  it.each<[string, unknown, string]>([
    [
      'rate',
      new TooManyRequestsException({ message: 'Maximum sending rate exceeded.', ...meta(429) }),
      'throttled',
    ],
    [
      'quota under the same name',
      new TooManyRequestsException({ message: 'Daily message quota exceeded.', ...meta(429) }),
      'quota',
    ],
    ['quota by another name', error('Throttling', 'Daily sending quota exceeded', 400), 'quota'],
    ['rate as a limit', new LimitExceededException({ message: 'slow down', ...meta(400) }), 'throttled'],
    ['rate by another name', error('ThrottlingException', 'Rate exceeded', 400), 'throttled'],
    ['a bad mail', new BadRequestException({ message: 'Invalid tag', ...meta(400) }), 'refused'],
    ['refused content', new MessageRejected({ message: 'virus', ...meta(400) }), 'refused'],
    [
      'the sandbox',
      new MessageRejected({ message: 'Email address is not verified.', ...meta(400) }),
      'paused',
    ],
    ['suspended', new AccountSuspendedException({ message: '', ...meta(400) }), 'paused'],
    ['paused', new SendingPausedException({ message: '', ...meta(400) }), 'paused'],
    ['no MAIL FROM', new MailFromDomainNotVerifiedException({ message: '', ...meta(400) }), 'paused'],
    ['no configuration set', new NotFoundException({ message: '', ...meta(404) }), 'paused'],
    ['no rights', error('AccessDeniedException', '', 403), 'paused'],
    ['a fault of theirs', new InternalServiceErrorException({ message: '', ...meta(500) }), 'unknown'],
    ['overloaded', error('ServiceUnavailable', '', 503), 'unknown'],
    ['no reply in time', error('TimeoutError', 'no reply'), 'unknown'],
    ['connection lost', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'unknown'],
    ['never connected', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'throttled'],
    ['no credentials', error('CredentialsProviderError', ''), 'throttled'],
    ['no error at all', 'odd', 'unknown'],
  ])('%s', (_, thrown, expected) => {
    const outcome = sendOutcomeOf(thrown);
    expect(outcome.type).toBe(expected);
    expect(JSON.stringify(outcome)).not.toContain('@');
  });
});

describe('a sender', () => {
  it.each([
    ['hi@ours.example', undefined, 'hi@ours.example'],
    ['Baton <hi@ours.example>', undefined, 'Baton <hi@ours.example>'],
    ['"Baton, Inc." <hi@ours.example>', undefined, '"Baton, Inc." <hi@ours.example>'],
    ['hi@ours.example', 'Rita Rep', 'Rita Rep <hi@ours.example>'],
    ['hi@ours.example', 'R "X" <a@b>', '"R \\"X\\" <a@b>" <hi@ours.example>'],
    ['hi@ours.example', 'a\r\nBcc: x', '"a Bcc: x" <hi@ours.example>'],
  ])('%s as %s', (from, name, expected) => {
    expect(mailboxOf(from, name)).toBe(expected);
  });

  it('with a long name in letters of its own is encoded in short words', () => {
    const words = mailboxOf('a@b.example', 'Ж'.repeat(60)).split(' ').slice(0, -1);
    for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
    const decoded = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString('utf8')).join('');
    expect(decoded).toBe('Ж'.repeat(60));
  });
});
