import * as v from 'valibot';
import { readRawMime } from './raw-mime.ts';

/** One mail as its reader gets it, and how it was sent. */
export type RecordedMail = Readonly<{
  /** The message id that the sender was given. */
  id: string;
  /** Virtual time, ISO. */
  at: string;
  /** Told from the name of the configuration set, which has the stream's name somewhere in it. */
  stream: 'marketing' | 'service' | 'internal' | undefined;
  configurationSet: string | undefined;
  /** Several addresses are joined by commas. */
  to: string;
  from: string;
  replyTo: string;
  subject: string;
  html: string;
  text: string;
  headers: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
}>;

const content = v.optional(v.object({ Data: v.string() }));
const pair = v.object({ Name: v.string(), Value: v.string() });

const sendEmailSchema = v.object({
  FromEmailAddress: v.optional(v.string(), ''),
  ReplyToAddresses: v.optional(v.array(v.string()), []),
  Destination: v.optional(v.object({ ToAddresses: v.optional(v.array(v.string()), []) }), {}),
  ConfigurationSetName: v.optional(v.string()),
  EmailTags: v.optional(v.array(pair), []),
  Content: v.union([
    v.object({
      Simple: v.object({
        Subject: v.object({ Data: v.string() }),
        Body: v.object({ Html: content, Text: content }),
        Headers: v.optional(v.array(pair), []),
      }),
    }),
    v.object({ Raw: v.object({ Data: v.string() }) }),
  ]),
});

/** SES takes no other characters in the names and values of tags, and refuses the whole mail for one. */
const tagText = /^[A-Za-z0-9_-]{1,256}$/;

export type ReadMail = Omit<RecordedMail, 'id' | 'at'>;

/** The mail in a SendEmail request; a text says why SES would refuse it. */
export const readSendEmail = (body: Uint8Array): ReadMail | string => {
  const parsed = v.safeParse(sendEmailSchema, jsonOf(body));
  if (!parsed.success) return `Not a request to send simple or raw content: ${parsed.issues[0].message}`;
  const { FromEmailAddress, ReplyToAddresses, Destination, ConfigurationSetName, EmailTags, Content } =
    parsed.output;
  const badTag = EmailTags.flatMap(({ Name, Value }) => [Name, Value]).find((text) => !tagText.test(text));
  if (badTag !== undefined)
    return `Invalid email tag <${badTag}>: only alphanumeric ASCII characters, '_' and '-' are allowed.`;
  const raw =
    'Raw' in Content ? readRawMime(Buffer.from(Content.Raw.Data, 'base64').toString('utf8')) : undefined;
  const mail =
    'Simple' in Content ? simple(Content.Simple) : (raw ?? { subject: '', html: '', text: '', headers: {} });
  const to = Destination.ToAddresses.join(', ') || mail.headers.To;
  if (to === undefined || to === '') return 'The mail has no recipient.';
  return {
    ...mail,
    stream: (['marketing', 'service', 'internal'] as const).find((name) =>
      ConfigurationSetName?.toLowerCase().includes(name),
    ),
    configurationSet: ConfigurationSetName,
    to,
    from: FromEmailAddress || (mail.headers.From ?? ''),
    replyTo: ReplyToAddresses.join(', ') || (mail.headers['Reply-To'] ?? ''),
    tags: Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, Value])),
  };
};

type Simple = Extract<v.InferOutput<typeof sendEmailSchema>['Content'], { Simple: unknown }>['Simple'];

const simple = ({ Subject, Body, Headers }: Simple) => ({
  subject: Subject.Data,
  html: Body.Html?.Data ?? '',
  text: Body.Text?.Data ?? '',
  headers: Object.fromEntries(Headers.map(({ Name, Value }): [string, string] => [Name, Value])),
});

const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
};
