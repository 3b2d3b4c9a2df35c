import { randomBytes } from 'node:crypto';
import {
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DAY, type Instant, instantOf } from '../../../shared/domain/time.ts';

/** Links to staff end 14 days after the answer is due, and that is within two weeks. */
const linksLiveMs = 30 * DAY;

export type Rotation = Readonly<
  | { type: 'rotated' }
  /** Links sealed with the key before the current one may still be in use. */
  | { type: 'too-early'; rotatedAt: Instant; until: Instant }
>;

/**
 * A new key for links to staff. Secrets Manager moves the one in use to AWSPREVIOUS in the same step, where it still opens
 * its links, and forgets the one before. `evenEarly`: also if links of that one may still be in use.
 */
export const rotateLinkKey = async (
  client: Pick<SecretsManagerClient, 'send'>,
  secret: string,
  { evenEarly, now }: Readonly<{ evenEarly: boolean; now: number }>,
): Promise<Rotation> => {
  const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId: secret }));
  const staged = (stage: string) => Versions.find(({ VersionStages = [] }) => VersionStages.includes(stage));
  const rotatedAt = staged('AWSCURRENT')?.CreatedDate?.getTime();
  const hasPrevious = staged('AWSPREVIOUS') !== undefined;
  if (hasPrevious && !evenEarly && rotatedAt !== undefined && now < rotatedAt + linksLiveMs)
    return { type: 'too-early', rotatedAt: instantOf(rotatedAt), until: instantOf(rotatedAt + linksLiveMs) };
  await client.send(
    new PutSecretValueCommand({ SecretId: secret, SecretString: randomBytes(48).toString('base64url') }),
  );
  return { type: 'rotated' };
};
