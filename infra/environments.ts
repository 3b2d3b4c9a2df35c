/** Whom the mail of an environment may reach. Only `live` reaches everybody. */
export type MailConfig = Readonly<{
  /** The address in From: of every mail. */
  from: string;
  /** The SES identity (a domain) that `from` belongs to. It is verified once per account, never by a deploy. */
  identity: string;
}> &
  (
    | Readonly<{ mode: 'live' }>
    /** `to`: the address that gets all mail. */
    | Readonly<{ mode: 'redirect'; to: string }>
    /** `to`: the domains that mail may go to, joined by commas. */
    | Readonly<{ mode: 'allow-list'; to: string }>
  );

/** When operators are told. */
export type AlarmThresholds = Readonly<{
  /** A message has waited this long in a worker's queue. */
  queueAgeSeconds: number;
  /** Something has been due this long, and the tick has not queued it. */
  overdueSeconds: number;
  /** Facts have waited this long in a stream. */
  streamAgeSeconds: number;
  /** A handoff has been without an answer this long; by all deadlines and tiers it should be over much sooner. */
  openHandoffDays: number;
  /** Handoffs missed their deadlines, in five minutes. */
  breachesInFiveMinutes: number;
}>;

/** A host name of the user's, with its certificate in this region. Links in mails outlive the API behind it. */
export type PublicHost = Readonly<{ name: string; certificateArn: string }>;

export type EnvironmentConfig = Readonly<{
  /** Absent: that of the credentials in use. Named, no other account can be deployed to by mistake. */
  account?: string;
  /** Absent: that of the credentials in use. */
  region?: string;
  mail: MailConfig;
  /**
   * Of what SES lets this account send in a second, the part that this environment's mails to leads may take: above 0, at
   * most 1. All environments of one account and region together should not come to more than 1. Alerts to sales do not
   * wait for it: a fifth of the account's rate is left for them.
   */
  sendingShare: number;
  /** Operators, for alarms about the system. Absent: nobody subscribes. */
  alarmEmail?: string;
  /**
   * Addresses of managers who subscribe to alerts about leads, besides the mails they get. Who manages which team is not said
   * here but in the roster: it changes from day to day, and needs no deploy.
   */
  managers: readonly string[];
  publicHost?: PublicHost;
  /** What keeps data when a stack or a resource goes: tables and buckets stay, and cannot be deleted by mistake. */
  keepData: boolean;
  /** The whole stack cannot be deleted. */
  terminationProtection: boolean;
  logRetentionDays: 7 | 14 | 30 | 90 | 180 | 365;
  /** Raw engagements and rejected input in S3 are deleted after this long. */
  rawLogRetentionDays: number;
  /** SES never mails addresses of the account's suppression list. Off: test addresses can bounce and be used again. */
  suppressionList: boolean;
  alarms: AlarmThresholds;
}>;

/** Stands for what only the user knows. */
const fillIn = (what: string): string => `${placeholder}${what}`;
const placeholder = 'fill-in-';

const usualAlarms: AlarmThresholds = {
  queueAgeSeconds: 300,
  overdueSeconds: 180,
  streamAgeSeconds: 120,
  openHandoffDays: 14,
  breachesInFiveMinutes: 1,
};

/** All that differs between environments; one more is one more entry here. Nothing else may ask which one it is in. */
export const environments = {
  /**
   * An emulator on this machine: nothing is kept, and no mail leaves it. Deployed to AWS by mistake it mails nobody either:
   * nobody can verify a domain below `test`.
   */
  local: {
    mail: { mode: 'live', from: 'Baton <baton@baton.test>', identity: 'baton.test' },
    sendingShare: 1,
    managers: [],
    keepData: false,
    terminationProtection: false,
    logRetentionDays: 7,
    rawLogRetentionDays: 7,
    suppressionList: false,
    alarms: usualAlarms,
  },
  /** For one developer's account: all mail goes to one address. */
  dev: {
    region: 'eu-central-1',
    mail: {
      mode: 'redirect',
      to: fillIn('mailbox-for-all-mail'),
      from: fillIn('sender-address'),
      identity: fillIn('sender-domain'),
    },
    sendingShare: 0.1,
    alarmEmail: fillIn('alarm-address'),
    managers: [],
    keepData: false,
    terminationProtection: false,
    logRetentionDays: 14,
    rawLogRetentionDays: 30,
    suppressionList: false,
    alarms: usualAlarms,
  },
  /** Like prod, but mail reaches only the domains named here. */
  staging: {
    region: 'eu-central-1',
    mail: {
      mode: 'allow-list',
      to: fillIn('own-domains'),
      from: fillIn('sender-address'),
      identity: fillIn('sender-domain'),
    },
    sendingShare: 0.1,
    alarmEmail: fillIn('alarm-address'),
    managers: [],
    keepData: true,
    terminationProtection: true,
    logRetentionDays: 30,
    rawLogRetentionDays: 90,
    suppressionList: false,
    alarms: usualAlarms,
  },
  prod: {
    region: 'eu-central-1',
    mail: { mode: 'live', from: fillIn('sender-address'), identity: fillIn('sender-domain') },
    sendingShare: 0.8,
    alarmEmail: fillIn('alarm-address'),
    managers: [],
    keepData: true,
    terminationProtection: true,
    logRetentionDays: 90,
    rawLogRetentionDays: 730,
    suppressionList: true,
    alarms: usualAlarms,
  },
} as const satisfies Readonly<Record<string, EnvironmentConfig>>;

export type EnvironmentName = keyof typeof environments;

// An object's keys are strings; these are its own.
export const environmentNames = Object.keys(environments) as readonly EnvironmentName[];

/** There is no environment of that name. */
export class UnknownEnvironmentError extends Error {
  override readonly name = 'UnknownEnvironmentError';
}

/** @throws UnknownEnvironmentError that lists those that exist. */
export const environmentNamed = (name: string | undefined): EnvironmentName => {
  const found = environmentNames.find((known) => known === name);
  if (found !== undefined) return found;
  throw new UnknownEnvironmentError(
    `${name === undefined ? 'No environment was named' : `There is no environment "${name}"`}: choose one of ${environmentNames.join(', ')} with --env.`,
  );
};

export const stackNameOf = (environment: EnvironmentName): string => `Baton-${environment}`;

/** Paths of the values that are still to be filled in: `mail.from`, ... */
export const unfilled = (config: object, path = ''): string[] =>
  Object.entries(config).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? unfilled(value, `${path}${key}.`)
      : typeof value === 'string' && value.startsWith(placeholder)
        ? [`${path}${key}`]
        : [],
  );
