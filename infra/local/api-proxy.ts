import type { EmulatorConnection } from './emulator-connection.ts';
import { bodyOf, type Listener, listen } from './listener.ts';

export type ApiProxyOptions = Readonly<{
  /** Default: a free one. */
  port?: number;
  emulator: Pick<EmulatorConnection, 'request'>;
  /** Undefined until the stack is deployed: its base URL must be known before. */
  apiId(): string | undefined;
}>;

/** The HTTP API under an address that browsers open without a certificate warning. */
export const startApiProxy = ({ port, emulator, apiId }: ApiProxyOptions): Promise<Listener> =>
  listen(async (request, response) => {
    const id = apiId();
    if (id === undefined) {
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' });
      response.end('Baton is being deployed. Try again in a few seconds.\n');
      return;
    }
    try {
      const { connection: _connection, ...headers } = request.headers;
      const answer = await emulator.request({
        ...(request.method === undefined ? {} : { method: request.method }),
        path: `/_aws/execute-api/${id}/$default${request.url ?? '/'}`,
        headers,
        body: await bodyOf(request),
      });
      response.writeHead(answer.status, endToEnd(answer.headers));
      response.end(answer.body);
    } catch {
      response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('The local stack does not answer. Has it been stopped?\n');
    }
  }, port);

const endToEnd = ({
  connection: _connection,
  'transfer-encoding': _encoding,
  'keep-alive': _keepAlive,
  ...headers
}: Readonly<Record<string, string | string[] | undefined>>) => headers;
