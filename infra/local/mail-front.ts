import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { instantOf } from '../../shared/domain/time.ts';
import type { EmulatorConnection } from './emulator-connection.ts';
import { bodyOf, listen } from './listener.ts';
import { type MailFault, type MailFaults, mailFaultNames, mailFaults } from './mail-faults.ts';
import { mailHtml, mailPage } from './mail-page.ts';
import { type RecordedMail, readSendEmail } from './recorded-mail.ts';
import { suppressionList } from './suppression-list.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

export type MailFront = Readonly<{
  url: string;
  /** In the order in which they were sent. */
  mails(): readonly RecordedMail[];
  /** Called after each mail; returns how to stop that. */
  onMail(listener: (mail: RecordedMail) => void): () => void;
  faults: MailFaults;
  clock: VirtualClock;
  /**
   * From now on the emulator judges every call first, as the caller signed it: its key, signature and role.
   * Without one, the front answers by itself and only sees that there is a signature.
   */
  judgeWith(emulator: Pick<EmulatorConnection, 'request'>): void;
  stop(): Promise<void>;
}>;

export type MailFrontOptions = Readonly<{ port?: number; clock?: VirtualClock }>;

type Call = Readonly<{ method: string; path: string; headers: IncomingMessage['headers']; body: Buffer }>;
type Answer = Readonly<{ status: number; body: unknown; error?: string }>;

const faultSchema = v.object({
  fault: v.picklist(mailFaultNames),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

/**
 * Stands where SES v2 would: records every mail whole, with the virtual time, and passes it on to nobody.
 * Also the clock that Lambdas ask, and the page on which people read the mails. Plain HTTP on the loopback.
 */
export const startMailFront = async ({
  port,
  clock = virtualClock(),
}: MailFrontOptions = {}): Promise<MailFront> => {
  const mails: RecordedMail[] = [];
  const listeners = new Set<(mail: RecordedMail) => void>();
  const faults = mailFaults();
  const suppressed = suppressionList(clock.now);
  let emulator: Pick<EmulatorConnection, 'request'> | undefined;

  /** What the emulator has against the caller or the call; its other answers are of no use here. */
  const judge = async ({ method, path, headers, body }: Call): Promise<Answer | undefined> => {
    if (!/^AWS4-HMAC-SHA256 Credential=\S+/.test(headers.authorization ?? ''))
      return refusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
    if (emulator === undefined) return undefined;
    // Host and signature as they came, or the signature would not match.
    const { connection: _connection, ...signed } = headers;
    const verdict = await emulator.request({ method, path, headers: signed, body });
    if (verdict.status < 400 || (verdict.status === 404 && path.includes('/suppression/'))) return undefined;
    const { message, code } = failureIn(verdict.body);
    return refusal(verdict.status, code, message);
  };

  const send = (call: Call, fault: MailFault | undefined): Answer => {
    const mail = readSendEmail(call.body);
    if (typeof mail === 'string') return refusal(400, 'BadRequestException', mail);
    if (fault === 'throttle')
      return refusal(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.');
    if (fault === 'daily-quota')
      return refusal(429, 'TooManyRequestsException', 'Daily message quota exceeded.');
    if (fault === 'server-error')
      return refusal(500, 'InternalServiceErrorException', 'An internal error occurred.');
    const id = crypto.randomUUID();
    // SES takes a mail to a suppressed address too, and never delivers it.
    if (!suppressed.has(mail.to)) {
      const recorded = { id, at: instantOf(clock.now()), ...mail };
      mails.push(recorded);
      for (const tell of listeners) tell(recorded);
    }
    return { status: 200, body: { MessageId: id } };
  };

  const sesCall = async (call: Call): Promise<Answer | 'no answer'> => {
    const refused = await judge(call);
    if (refused !== undefined) return refused;
    if (call.method === 'POST' && call.path === '/v2/email/outbound-emails') {
      const fault = faults.next();
      const answer = send(call, fault);
      return fault === 'lose-reply' && answer.status === 200 ? 'no answer' : answer;
    }
    if (call.method === 'GET' && call.path === '/v2/email/account') return { status: 200, body: account };
    return (
      suppressed.answer(call.method, call.path, call.body) ??
      refusal(404, 'NotFoundException', `The local mail front does not know ${call.method} ${call.path}.`)
    );
  };

  const control = ({ method, path, body }: Call): Answer | undefined => {
    if (path === '/clock') return { status: 200, body: { offsetMs: clock.offsetMs() } };
    if (path === '/mails') return { status: 200, body: mails };
    if (path !== '/faults') return undefined;
    if (method === 'DELETE') faults.clear();
    else {
      const wanted = v.safeParse(faultSchema, JSON.parse(body.toString() || 'null'));
      if (!wanted.success) return { status: 400, body: { message: wanted.issues[0].message } };
      faults.set(wanted.output.fault, wanted.output.times);
    }
    return { status: 200, body: {} };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call: Call = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
      body: await bodyOf(request),
    };
    if (call.path.startsWith('/v2/email/')) {
      const answer = await sesCall(call);
      if (answer === 'no answer') request.socket.destroy();
      else reply(response, answer);
      return;
    }
    const page = call.method === 'GET' ? pageAt(call.path, mails) : undefined;
    if (page !== undefined) {
      response.writeHead(200, { ...page.headers, 'content-type': 'text/html; charset=utf-8' });
      response.end(page.html);
      return;
    }
    reply(response, control(call) ?? { status: 404, body: { message: 'There is no such page.' } });
  };

  const listener = await listen((request, response) => {
    handle(request, response).catch((error) =>
      reply(response, refusal(500, 'InternalServiceErrorException', String(error))),
    );
  }, port);
  return {
    ...listener,
    mails: () => mails,
    onMail: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    faults,
    clock,
    judgeWith: (judging) => {
      emulator = judging;
    },
  };
};

const account = {
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  EnforcementStatus: 'HEALTHY',
  DedicatedIpAutoWarmupEnabled: false,
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 0 },
  SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
};

const refusal = (status: number, error: string, message: string): Answer => ({
  status,
  error,
  body: { message },
});

const failureIn = (body: Buffer): { message: string; code: string } => {
  const { message, Message, __type, name, code } = v.parse(
    v.record(v.string(), v.unknown()),
    body.length > 0 && body[0] === 0x7b ? JSON.parse(body.toString()) : {},
  );
  return {
    message: String(message ?? Message ?? 'The emulator refused the call.'),
    code: String(__type ?? name ?? code ?? 'BadRequestException'),
  };
};

const reply = (response: ServerResponse, { status, body, error }: Answer): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(error === undefined ? {} : { 'x-amzn-errortype': error }),
  });
  response.end(JSON.stringify(body));
};

/** Mails are strangers' HTML: they may show themselves and open links, and run nothing. */
const strangersHtml = {
  'content-security-policy':
    "sandbox allow-popups allow-popups-to-escape-sandbox; script-src 'none'; object-src 'none'",
};

const pageAt = (
  path: string,
  mails: readonly RecordedMail[],
): { html: string; headers: Record<string, string> } | undefined => {
  if (path === '/' || path.startsWith('/?')) return { html: mailPage, headers: {} };
  const id = /^\/mails\/([^/]+)\/html$/.exec(path)?.[1];
  const mail = mails.find((candidate) => candidate.id === id);
  return mail === undefined ? undefined : { html: mailHtml(mail), headers: strangersHtml };
};
