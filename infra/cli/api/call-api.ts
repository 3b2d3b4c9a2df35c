import { type RequestOptions, request } from 'node:https';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ConnectionConfig, type EnvironmentConnection, outputNamed } from '../environment-connection.ts';
import { UnreachableError, unreachable } from '../unreachable.ts';
import { type Credentials, signRequest } from './sign-request.ts';

export type ApiReply = Readonly<{ status: number; body: unknown }>;

/**
 * A call of an environment's API, signed with the credentials of this shell.
 * @throws UnreachableError if there is no answer, or one that is not the API's own.
 */
export const callApi = async (
  connection: EnvironmentConnection,
  { method, path, say }: Readonly<{ method: 'GET' | 'POST' | 'PUT'; path: string; say?: unknown }>,
): Promise<ApiReply> => {
  // The emulator's ends like an address of IPv4, which is no URL.
  const host = outputNamed(connection, 'ApiUrl').replace(/^https:\/\/([^/]+).*$/, '$1');
  const body = say === undefined ? '' : JSON.stringify(say);
  try {
    const { credentials, region } = await identityOf(connection.clientConfig);
    const headers = {
      ...signRequest({ method, host, path, body }, credentials, {
        service: 'execute-api',
        region,
        at: new Date(),
      }),
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
    };
    const reply = await send({ ...target(connection.clientConfig, host), method, path, headers }, body);
    if (reply.status === 403)
      throw new UnreachableError(
        `The credentials in use may not call ${method} ${path}: ask for execute-api:Invoke on it, or set AWS_PROFILE.`,
      );
    return reply;
  } catch (error) {
    throw unreachable(error, connection.environment);
  }
};

/** Any client finds credentials and region as all of them do. */
const identityOf = async (
  config: ConnectionConfig,
): Promise<Readonly<{ credentials: Credentials; region: string }>> => {
  const client = new SecretsManagerClient(config);
  try {
    const [{ accessKeyId, secretAccessKey, sessionToken }, region] = await Promise.all([
      client.config.credentials(),
      client.config.region(),
    ]);
    return {
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
      region,
    };
  } finally {
    client.destroy();
  }
};

/** An emulator knows its APIs by the Host header alone: no name server does, and its certificate names none. */
const target = (
  { endpoint = process.env.AWS_ENDPOINT_URL, requestHandler }: ConnectionConfig,
  host: string,
): RequestOptions => {
  if (endpoint === undefined) return { hostname: host };
  const { hostname, port } = new URL(endpoint);
  return {
    hostname,
    port: Number(port),
    servername: '',
    ...(requestHandler === undefined ? {} : { agent: requestHandler.httpsAgent }),
  };
};

const send = (options: RequestOptions, body: string): Promise<ApiReply> =>
  new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        try {
          resolve({
            status: incoming.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
          });
        } catch (error) {
          reject(error);
        }
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
