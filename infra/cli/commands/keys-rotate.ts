import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { connectTo, outputNamed } from '../environment-connection.ts';
import { rotateLinkKey } from '../keys/rotate-link-key.ts';
import { unreachable } from '../unreachable.ts';

export type KeysRotateCommand = Readonly<{ evenEarly?: true; env?: string; json?: true }>;

/** A new key for links in mails to sales. Returns the exit code; whatever stands in the way is thrown. */
export const keysRotate = async ({ evenEarly, env, json }: KeysRotateCommand): Promise<number> => {
  const connection = await connectTo(env);
  const { environment, clientConfig } = connection;
  const client = new SecretsManagerClient(clientConfig);
  try {
    const secret = outputNamed(connection, 'LinkKeySecretArn');
    const rotation = await rotateLinkKey(client, secret, { evenEarly: evenEarly === true, now: Date.now() });
    if (json) console.log(JSON.stringify({ environment, ...rotation }));
    else if (rotation.type === 'rotated')
      console.log(
        `${environment} seals links in mails to sales with a new key, within five minutes. Those that are out stay good: the key before it opens them until the next rotation.`,
      );
    else
      console.error(
        `The key of ${environment} was rotated on ${day(rotation.rotatedAt)}: until ${day(rotation.until)} links may be in use that another rotation would end. If they must end, because a key leaked, say --even-early (twice, five minutes apart, ends all that are out).`,
      );
    return rotation.type === 'rotated' ? 0 : 1;
  } catch (error) {
    throw unreachable(error, environment);
  } finally {
    client.destroy();
  }
};

const day = (instant: string): string => instant.slice(0, 10);
