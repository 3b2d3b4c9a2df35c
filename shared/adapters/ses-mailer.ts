import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mail, Mailer, MailStream } from '../ports.ts';
import { type MailRouting, routeMail } from './mail-routing.ts';
import { mailboxOf } from './mailbox-header.ts';
import { sendOutcomeOf } from './ses-errors.ts';

export type SesMailerOptions = Readonly<{
  /** `address` or `Name <address>`. */
  from: string;
  routing: MailRouting;
  /** By stream; a stream without one is not sent. */
  configurationSets: Partial<Readonly<Record<MailStream, string>>>;
}>;

/**
 * A client for mail. It asks once: after a lost reply the SDK would send the same mail again.
 * Its calls end long before a function does, so that an answer which does not come is told from a crash.
 */
export const sesClient = (): SESv2Client =>
  new SESv2Client({ maxAttempts: 1, requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } });

/**
 * Mail through SES, one call a mail. Never throws: whatever goes wrong is one of the outcomes.
 * Who gets the mail is decided by the environment's mail mode.
 */
export const sesMailer = (
  { from, routing, configurationSets }: SesMailerOptions,
  client: Pick<SESv2Client, 'send'> = sesClient(),
): Mailer => ({
  async send(mail) {
    const configurationSet = configurationSets[mail.stream];
    if (configurationSet === undefined) return { type: 'paused', code: 'no-configuration-set' };
    const route = routeMail(mail.to, routing);
    if (route.type !== 'to') return route;
    const headers = { ...mail.headers, ...route.headers };
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: mailboxOf(from, mail.fromName),
          Destination: { ToAddresses: [route.to] },
          ...(mail.replyTo === undefined ? {} : { ReplyToAddresses: [mail.replyTo] }),
          ConfigurationSetName: configurationSet,
          EmailTags: Object.entries(mail.tags).map(([Name, Value]) => ({
            Name: tag(Name),
            Value: tag(Value),
          })),
          Content: {
            Simple: {
              ...contentOf(mail),
              Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
            },
          },
        }),
      );
      // SES always names a mail that it took; without a name nobody knows.
      return MessageId === undefined ? { type: 'unknown' } : { type: 'sent', messageId: MessageId };
    } catch (error) {
      return sendOutcomeOf(error);
    }
  },
});

const contentOf = ({ subject, html, text }: Mail) => ({
  Subject: { Data: subject, Charset: 'UTF-8' },
  Body: { Html: { Data: html, Charset: 'UTF-8' }, Text: { Data: text, Charset: 'UTF-8' } },
});

/** SES refuses a mail for any other character in its tags. */
const tag = (value: string): string => value.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 256);
