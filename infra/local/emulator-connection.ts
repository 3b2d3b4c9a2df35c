import { Agent, request as httpsRequest } from 'node:https';
import type { Certificate } from './certificate.ts';

export type EmulatorRequest = Readonly<{
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  body?: Uint8Array | string;
}>;

export type EmulatorAnswer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}>;

/** What SDK clients of this process take: `new SQSClient(clientConfig)`. */
export type ClientConfig = Readonly<{
  endpoint: string;
  region: string;
  credentials: Readonly<{ accessKeyId: string; secretAccessKey: string }>;
  requestHandler: Readonly<{ httpsAgent: Agent }>;
}>;

export type EmulatorConnection = Readonly<{
  endpoint: string;
  region: string;
  accountId: string;
  /** The whole environment of a child process that talks to the emulator with the CLI or an SDK. */
  environment: Readonly<Record<string, string>>;
  /** The part of it that is about the emulator. */
  settings: Readonly<Record<string, string>>;
  clientConfig: ClientConfig;
  /** A plain request; signs nothing. Rejects if there is no answer. */
  request(request: EmulatorRequest): Promise<EmulatorAnswer>;
  /** Ends idle connections of `request` and of the clients. */
  close(): void;
}>;

/** The emulator knows this key as the account's root. It is no secret. */
const rootKey = { accessKeyId: 'test', secretAccessKey: 'test' };

export const emulatorConnection = ({
  port,
  region,
  certificate,
}: {
  port: number;
  region: string;
  certificate: Certificate;
}): EmulatorConnection => {
  // The authorities of Node are fixed when it starts, so this process trusts the certificate per agent.
  const agent = new Agent({ ca: certificate.certificate, keepAlive: true, maxSockets: 50 });
  const endpoint = `https://127.0.0.1:${port}`;
  const settings = settingsFor({ endpoint, region, bundlePath: certificate.bundlePath });
  return {
    endpoint,
    region,
    accountId: '000000000000',
    environment: { ...inheritedEnvironment(), ...settings },
    settings,
    clientConfig: { endpoint, region, credentials: rootKey, requestHandler: { httpsAgent: agent } },
    request: ({ method = 'GET', path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const outgoing = httpsRequest(
          { host: '127.0.0.1', port, agent, method, path, headers: present(headers) },
          (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
            incoming.on('error', reject);
            incoming.on('end', () =>
              resolve({
                status: incoming.statusCode ?? 502,
                headers: incoming.headers,
                body: Buffer.concat(chunks),
              }),
            );
          },
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
};

const present = (headers: NonNullable<EmulatorRequest['headers']>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Ours, without the AWS settings of the person who runs it: no profile of theirs must ever be used here. */
const inheritedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('AWS_') || name.startsWith('CDK_') || name === 'NODE_OPTIONS'
        ? []
        : [[name, value] as const],
    ),
  );

const settingsFor = ({
  endpoint,
  region,
  bundlePath,
}: {
  endpoint: string;
  region: string;
  bundlePath: string;
}): Record<string, string> => {
  const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost']
    .filter((hosts) => hosts !== undefined && hosts !== '')
    .join(',');
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CA_BUNDLE: bundlePath,
    NODE_EXTRA_CA_CERTS: bundlePath,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  };
};
