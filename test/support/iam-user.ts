import { type Credentials, signRequest } from '../../infra/cli/api/sign-request.ts';
import type { Emulator } from '../../infra/local/emulator.ts';

/** Somebody with access keys who may do what the statement says, and nothing else. */
export const iamUser = async (
  { request, endpoint, region, clientConfig }: Emulator,
  name: string,
  allow: Readonly<{ Action: string; Resource: string }> | undefined,
): Promise<Credentials> => {
  const call = async (parameters: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ Version: '2010-05-08', UserName: name, ...parameters }).toString();
    const signed = signRequest(
      { method: 'POST', host: new URL(endpoint).host, path: '/', body },
      clientConfig.credentials,
      { service: 'iam', region, at: new Date() },
    );
    const headers = { ...signed, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await request({ method: 'POST', path: '/', headers, body });
    if (answer.status !== 200) throw new Error(`IAM answered ${answer.status}: ${answer.body.toString()}`);
    return answer.body.toString();
  };
  await call({ Action: 'CreateUser' });
  if (allow !== undefined)
    await call({
      Action: 'PutUserPolicy',
      PolicyName: 'only',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', ...allow }],
      }),
    });
  const keys = await call({ Action: 'CreateAccessKey' });
  const textOf = (tag: string) => new RegExp(`<${tag}>([^<]+)<`).exec(keys)?.[1] ?? '';
  return { accessKeyId: textOf('AccessKeyId'), secretAccessKey: textOf('SecretAccessKey') };
};
