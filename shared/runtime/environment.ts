import * as v from 'valibot';

const value = v.pipe(v.string(), v.minLength(1));

/**
 * What a function may find in its environment. Constructs of `infra` build exactly these objects when they grant the
 * permission that goes with them, so that a renamed key breaks the build on both sides.
 */
export const serviceEnv = v.object({ SERVICE_NAME: value, ENVIRONMENT: value });
export const leadsEnv = v.object({ LEADS_TABLE_NAME: value });
export const handoffsEnv = v.object({ HANDOFFS_TABLE_NAME: value });
export const nurtureEnv = v.object({ NURTURE_TABLE_NAME: value });
export const journeysEnv = v.object({ JOURNEYS_TABLE_NAME: value });
export const rosterEnv = v.object({ ROSTER_TABLE_NAME: value });
export const noticesEnv = v.object({ NOTICES_TABLE_NAME: value });
export const policyEnv = v.object({ POLICY_TABLE_NAME: value });
export const busEnv = v.object({ BUS_NAME: value });
/** Firehose streams to S3. */
export const rawLogEnv = v.object({ RAW_STREAM_NAME: value });
export const rejectedLogEnv = v.object({ REJECTED_STREAM_NAME: value });
/** Secrets: the key of keyed hashes, of links in staff mail, of links in mail to leads (never rotated out). */
export const hashKeyEnv = v.object({ HASH_KEY_SECRET_ARN: value });
export const linkKeyEnv = v.object({ LINK_KEY_SECRET_ARN: value });
export const consentKeyEnv = v.object({ CONSENT_KEY_SECRET_ARN: value });
/** Where links in mails lead, without a slash at the end. */
export const publicUrlEnv = v.object({ PUBLIC_BASE_URL: value });
export const alertTopicEnv = v.object({ ALERT_TOPIC_ARN: value });
/** `live`: mails go where they are addressed. `redirect`: all to MAIL_TO. `allow-list`: only to the domains in MAIL_TO. */
export const mailEnv = v.object({
  MAIL_FROM: value,
  MAIL_MODE: v.picklist(['redirect', 'allow-list', 'live']),
  MAIL_TO: v.optional(v.string(), ''),
});
/** Of the account's sending rate at SES, the part that mails to leads may take: above 0, at most 1. */
export const sendingShareEnv = v.object({
  SENDING_SHARE: v.pipe(value, v.toNumber(), v.gtValue(0), v.maxValue(1)),
});
export const marketingMailEnv = v.object({ MARKETING_CONFIGURATION_SET: value });
export const serviceMailEnv = v.object({ SERVICE_CONFIGURATION_SET: value });
export const internalMailEnv = v.object({ INTERNAL_CONFIGURATION_SET: value });
/** The queues that the tick feeds. */
export const dueQueuesEnv = v.object({
  LEADS_QUEUE_URL: value,
  HANDOFFS_QUEUE_URL: value,
  NURTURE_QUEUE_URL: value,
  NOTICES_QUEUE_URL: value,
});

/** The environment lacks something, or has it in the wrong form. Names the keys, never their values. */
export class InvalidEnvironmentError extends Error {
  override readonly name = 'InvalidEnvironmentError';
}

type EnvSchema = v.ObjectSchema<v.ObjectEntries, undefined>;
type Merged<S extends readonly EnvSchema[]> = S extends readonly [
  infer F extends EnvSchema,
  ...infer R extends readonly EnvSchema[],
]
  ? v.InferOutput<F> & Merged<R>
  : unknown;

/**
 * Reads the environment once, at the cold start.
 * @throws InvalidEnvironmentError naming every missing or malformed key.
 */
export const readEnv = <const S extends readonly EnvSchema[]>(...schemas: S): Merged<S> => {
  const merged = v.object(Object.assign({}, ...schemas.map(({ entries }) => entries)));
  const read = v.safeParse(merged, process.env);
  // The merged schema has the entries of all of them; that is what `Merged` says, type by type.
  if (read.success) return read.output as Merged<S>;
  const keys = read.issues.map((issue) => v.getDotPath(issue));
  throw new InvalidEnvironmentError(`missing or malformed in the environment: ${keys.join(', ')}`);
};
