import { createHash, createHmac } from 'node:crypto';

export type Credentials = Readonly<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;

export type RequestToSign = Readonly<{
  method: string;
  /** As the Host header says it. */
  host: string;
  /** Without a query; each segment is encoded as it is sent. */
  path: string;
  body: string;
}>;

/** AWS Signature Version 4: the headers to send with a request. `at`: the system's clock, whatever time it is in Baton. */
export const signRequest = (
  { method, host, path, body }: RequestToSign,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  { service, region, at }: Readonly<{ service: string; region: string; at: Date }>,
): Readonly<Record<string, string>> => {
  const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const headers: Record<string, string> = {
    host,
    'x-amz-date': time,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const signed = Object.keys(headers).sort();
  const canonical = [
    method,
    // All services but S3 sign the path encoded once more.
    path.split('/').map(encodeURIComponent).join('/'),
    '',
    ...signed.map((name) => `${name}:${headers[name]}`),
    '',
    signed.join(';'),
    sha256(body),
  ].join('\n');
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${signed.join(';')}, Signature=${hmac(key, text).toString('hex')}`,
  };
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
