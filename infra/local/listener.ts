import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LocalStackError } from './local-stack-error.ts';

export type Listener = Readonly<{ url: string; stop(): Promise<void> }>;

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Plain HTTP on the loopback, on `port` or a free one. Throws LocalStackError if the port is taken. */
export const listen = async (handle: Handle, port = 0): Promise<Listener> => {
  const server = createServer((request, response) => {
    // Whoever handles it answers; one that fails without an answer must not leave the caller waiting.
    void Promise.resolve(handle(request, response)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new LocalStackError(
          `Port ${port} of 127.0.0.1 cannot be used: end what listens there (lsof -i :${port}) or choose another port.`,
          { cause },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a TCP address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};
