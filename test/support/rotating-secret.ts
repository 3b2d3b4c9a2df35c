import { ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

type Version = { id: string; text: string; stages: string[]; createdAt: number };

/** Of Secrets Manager what keeps one secret: versions and their stages, as AWS moves them. */
export const rotatingSecret = (first: string, now: () => number) => {
  const versions: Version[] = [{ id: 'v1', text: first, stages: ['AWSCURRENT'], createdAt: now() }];
  let reads = 0;
  const put = (text: string) => {
    for (const version of versions) {
      if (version.stages.includes('AWSPREVIOUS')) version.stages = [];
      if (version.stages.includes('AWSCURRENT')) version.stages = ['AWSPREVIOUS'];
    }
    versions.push({ id: `v${versions.length + 1}`, text, stages: ['AWSCURRENT'], createdAt: now() });
  };
  const send = async (command: { constructor: { name: string }; input: Record<string, string> }) => {
    const { input } = command;
    const { name } = command.constructor;
    switch (name) {
      case 'GetSecretValueCommand': {
        reads++;
        const found = versions.find(({ stages }) => stages.includes(input.VersionStage ?? 'AWSCURRENT'));
        if (found === undefined)
          throw new ResourceNotFoundException({ message: 'no such stage', $metadata: {} });
        return { SecretString: found.text };
      }
      case 'PutSecretValueCommand':
        return put(input.SecretString ?? '');
      case 'ListSecretVersionIdsCommand':
        return {
          Versions: versions.map(({ id, stages, createdAt }) => ({
            VersionId: id,
            VersionStages: stages,
            CreatedDate: new Date(createdAt),
          })),
        };
      default:
        throw new Error(`nobody expected a ${name}`);
    }
  };
  return {
    // A double of the SDK's overloaded method.
    client: { send } as unknown as Pick<SecretsManagerClient, 'send'>,
    texts: () => versions.map(({ text }) => text),
    reads: () => reads,
  };
};
