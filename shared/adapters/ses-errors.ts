import type { SendOutcome } from '../ports.ts';

/** Faults of the account, the identity or our rights: no mail leaves until somebody mends them. */
const pausing = new Set([
  'AccountSuspendedException',
  'SendingPausedException',
  'MailFromDomainNotVerifiedException',
  'NotFoundException',
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'ExpiredTokenException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
]);

/** Nothing was ever connected, or not even tried, so nothing was sent. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError']);

/**
 * What an error of SendEmail says about the mail. Whatever does not say for sure that the mail was not taken
 * (a timeout, a 5xx, something nobody has seen yet) is `unknown`. Rate and daily quota bear the same name; only the text
 * tells them apart. The text itself may quote addresses, so it goes nowhere.
 */
export const sendOutcomeOf = (error: unknown): SendOutcome => {
  const { name, code, message, status } = factsOf(error);
  if (neverLeft.has(code) || neverLeft.has(name)) return { type: 'throttled' };
  if (status === undefined || status >= 500) return { type: 'unknown' };
  if (/daily (message |sending )?quota|per 24.?hour/i.test(message)) return { type: 'quota' };
  if (status === 429 || /^(Throttling|TooManyRequests|LimitExceeded)/.test(name))
    return { type: 'throttled' };
  // In the sandbox, or with an identity that lost its verification, this is so for every mail.
  if (/not verified/i.test(message)) return { type: 'paused', code: 'not-verified' };
  if (pausing.has(name) || status === 401 || status === 403) return { type: 'paused', code: name };
  return { type: 'refused', code: name };
};

const factsOf = (error: unknown) => {
  const fields = typeof error === 'object' && error !== null ? error : {};
  const text = (key: string): string => {
    const value: unknown = Reflect.get(fields, key);
    return typeof value === 'string' ? value : '';
  };
  const metadata: unknown = Reflect.get(fields, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return {
    name: text('name'),
    code: text('code'),
    message: text('message'),
    status: typeof status === 'number' ? status : undefined,
  };
};
