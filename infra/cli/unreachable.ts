import { type EnvironmentName, stackNameOf } from '../environments.ts';

/** An environment cannot be reached, or is not there. The message is one sentence and names the remedy. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

const noCredentials = new Set(['CredentialsProviderError', 'TokenProviderError']);
const badCredentials = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
]);
const noPermission = new Set(['AccessDenied', 'AccessDeniedException']);
const noNetwork = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ECONNRESET',
  'TimeoutError',
]);

/** What the SDK says when it looks for a stack -> what a person is to do. Anything else is returned as it is. */
export const unreachable = (error: unknown, environment: EnvironmentName): unknown => {
  if (!(error instanceof Error) || error instanceof UnreachableError) return error;
  const because = (sentence: string) => new UnreachableError(sentence, { cause: error });
  const code = 'code' in error ? String(error.code) : '';
  if (error.name === 'ValidationError' && error.message.includes('does not exist'))
    return because(
      `${stackNameOf(environment)} is not deployed in this account and region: deploy it first (npx baton deploy --env ${environment}).`,
    );
  if (noCredentials.has(error.name))
    return because('No AWS credentials were found: set AWS_PROFILE, or run aws sso login.');
  if (badCredentials.has(error.name))
    return because('AWS does not accept the credentials in use: log in again, or set AWS_PROFILE.');
  if (noPermission.has(error.name))
    return because(
      `The credentials in use may not do that: ${withoutEnd(error.message)}. Ask for the permission, or set AWS_PROFILE.`,
    );
  if (error.message.includes('Region is missing'))
    return because('No AWS region was named: set AWS_REGION, or region in infra/environments.ts.');
  if (noNetwork.has(code) || noNetwork.has(error.name))
    return because(
      `${process.env.AWS_ENDPOINT_URL ?? 'AWS'} does not answer (${code || error.name}): check the network${process.env.AWS_ENDPOINT_URL ? ' and AWS_ENDPOINT_URL' : ''}.`,
    );
  return error;
};

const withoutEnd = (sentence: string): string => sentence.replace(/\.$/, '');
