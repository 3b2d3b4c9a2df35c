import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { instantOf } from '../../shared/domain/time.ts';
import type { EmulatorConnection } from './emulator-connection.ts';
import { bodyOf, listen } from './listener.ts';
import { type MailFaults, mailFaultNames, mailFaults } from './mail-faults.ts';
import { mailHtml, mailPage } from './mail-page.ts';
import type { RecordedMail } from './recorded-mail.ts';
import { type Answer, type Call, makeSesCalls, refusal } from './ses-calls.ts';
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

const faultSchema = v.object({
  fault: v.picklist(mailFaultNames),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

/**
 * Stands where SES v2 would: records every mail whole, with the virtual time, and no mail leaves the machine.
 * Also the clock that Lambdas ask (`/clock`), the page on which people read the mails (`/`, `/mails`), and
 * faults on demand (`PUT /faults {"fault":"throttle","times":3}`, `DELETE /faults`). Plain HTTP, loopback.
 */
export const startMailFront = async ({
  port,
  clock = virtualClock(),
}: MailFrontOptions = {}): Promise<MailFront> => {
  const mails: RecordedMail[] = [];
  const listeners = new Set<(mail: RecordedMail) => void>();
  const faults = mailFaults();
  let emulator: Pick<EmulatorConnection, 'request'> | undefined;
  const sesCall = makeSesCalls({
    judge: () => emulator,
    faults,
    suppressed: suppressionList(clock.now),
    record: (id, mail) => {
      const recorded = { id, at: instantOf(clock.now()), ...mail };
      mails.push(recorded);
      for (const tell of listeners) tell(recorded);
    },
  });

  const control = ({ method, path, body }: Call): Answer => {
    if (path === '/clock') return { status: 200, body: { offsetMs: clock.offsetMs() } };
    if (path === '/mails') return { status: 200, body: mails };
    if (path !== '/faults') return { status: 404, body: { message: 'There is no such page.' } };
    if (method === 'DELETE') faults.clear();
    else {
      const wanted = v.safeParse(faultSchema, JSON.parse(body.toString() || 'null'));
      if (!wanted.success) return { status: 400, body: { message: wanted.issues[0].message } };
      faults.set(wanted.output.fault, wanted.output.times);
    }
    return { status: 200, body: {} };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url: path = '/', headers } = request;
    const page = method === 'GET' ? pageAt(path, mails) : undefined;
    if (page !== undefined) {
      response.writeHead(200, { ...page.headers, 'content-type': 'text/html; charset=utf-8' });
      response.end(page.html);
      return;
    }
    const call: Call = { method, path, headers, body: await bodyOf(request) };
    const answer = path.startsWith('/v2/email/') ? await sesCall(call) : control(call);
    if (answer === 'no answer') request.socket.destroy();
    else reply(response, answer);
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
