import type { IncomingHttpHeaders } from 'node:http';
import * as v from 'valibot';
import type { EmulatorConnection } from './emulator-connection.ts';
import type { MailFaults } from './mail-faults.ts';
import { type ReadMail, readSendEmail } from './recorded-mail.ts';
import type { SuppressionList } from './suppression-list.ts';

/** `path` with its query. */
export type Call = Readonly<{ method: string; path: string; headers: IncomingHttpHeaders; body: Buffer }>;

/** `error`: the code by which SDKs name an exception. */
export type Answer = Readonly<{ status: number; body: unknown; error?: string }>;

export type SesDeps = Readonly<{
  /** Undefined: nobody judges the caller. */
  judge(): Pick<EmulatorConnection, 'request'> | undefined;
  faults: MailFaults;
  suppressed: SuppressionList;
  record(id: string, mail: ReadMail): void;
}>;

export const refusal = (status: number, error: string, message: string): Answer => ({
  status,
  error,
  body: { message },
});

/** Answers calls of SES v2; `no answer` means that the connection is to end without one. */
export const makeSesCalls = (deps: SesDeps) => {
  const { judge, faults, suppressed, record } = deps;

  const send = ({ body }: Call): Answer | 'no answer' => {
    const mail = readSendEmail(body);
    if (typeof mail === 'string') return refusal(400, 'BadRequestException', mail);
    const fault = faults.next();
    if (fault === 'throttle' || fault === 'daily-quota')
      return refusal(429, 'TooManyRequestsException', limits[fault]);
    if (fault === 'server-error')
      return refusal(500, 'InternalServiceErrorException', 'An internal error occurred.');
    const id = crypto.randomUUID();
    // SES takes a mail to a suppressed address too, and never delivers it.
    if (!suppressed.has(mail.to)) record(id, mail);
    return fault === 'lose-reply' ? 'no answer' : { status: 200, body: { MessageId: id } };
  };

  return async (call: Call): Promise<Answer | 'no answer'> => {
    const refused = await judged(call, judge());
    if (refused !== undefined) return refused;
    if (call.method === 'POST' && call.path === '/v2/email/outbound-emails') return send(call);
    if (call.method === 'GET' && call.path === '/v2/email/account') return { status: 200, body: account };
    return (
      suppressed.answer(call.method, call.path, call.body) ??
      refusal(404, 'NotFoundException', `The local mail front does not know ${call.method} ${call.path}.`)
    );
  };
};

/** The same code for both: only the text tells a limit of the rate from one of the day. */
const limits = { throttle: 'Maximum sending rate exceeded.', 'daily-quota': 'Daily message quota exceeded.' };

const account = {
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  EnforcementStatus: 'HEALTHY',
  DedicatedIpAutoWarmupEnabled: false,
  // Far above what accounts have: where time is virtual, nobody should wait for real seconds.
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 1000, SentLast24Hours: 0 },
  SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
};

/** What the emulator has against the caller or the call; its other answers are of no use here. */
const judged = async (
  { method, path, headers, body }: Call,
  emulator: Pick<EmulatorConnection, 'request'> | undefined,
): Promise<Answer | undefined> => {
  if (!/^AWS4-HMAC-SHA256 Credential=\S+/.test(headers.authorization ?? ''))
    return refusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (emulator === undefined) return undefined;
  // Host and signature as they came, or the signature would not match.
  const { connection: _connection, ...signed } = headers;
  const verdict = await emulator.request({ method, path, headers: signed, body });
  // The emulator has no suppression list, but it knows who may ask for one.
  if (verdict.status < 400 || (verdict.status === 404 && path.includes('/suppression/'))) return undefined;
  const { message, code } = failureIn(verdict.body);
  return refusal(verdict.status, code, message);
};

const failureIn = (body: Buffer): { message: string; code: string } => {
  const { message, Message, __type, name, code } = v.parse(
    v.record(v.string(), v.unknown()),
    body[0] === openingBrace ? JSON.parse(body.toString()) : {},
  );
  return {
    message: String(message ?? Message ?? 'The emulator refused the call.'),
    code: String(__type ?? name ?? code ?? 'BadRequestException'),
  };
};

const openingBrace = '{'.charCodeAt(0);
