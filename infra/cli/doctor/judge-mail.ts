import type { EnvironmentConfig } from '../../environments.ts';
import { error, type Finding, ok, warning } from './finding.ts';

export type SesAccount = Readonly<{
  productionAccess: boolean;
  sendingEnabled: boolean;
  /** `HEALTHY`, `PROBATION`, `SHUTDOWN`. */
  enforcement: string;
  perDay: number;
  perSecond: number;
  sentToday: number;
}>;

/** Undefined: SES does not know it in this region. */
export type SesIdentity = Readonly<{ verified: boolean; dkim: string }> | undefined;

const requestAccess =
  'Request production access in the SES console (Account dashboard): AWS answers within a day.';

/** Whether SES lets this account send what the environment wants to send. */
export const judgeAccount = (account: SesAccount, config: EnvironmentConfig): readonly Finding[] => [
  judgeSandbox(account, config),
  judgeStanding(account),
  judgeQuota(account),
  judgeRate(account, config),
];

const judgeSandbox = ({ productionAccess }: SesAccount, { mail }: EnvironmentConfig): Finding => {
  if (productionAccess) return ok('SES access', 'SES lets this account mail everybody.');
  return mail.mode === 'live'
    ? error('SES access', 'SES is in its sandbox: mail reaches verified addresses only.', requestAccess)
    : warning(
        'SES access',
        `SES is in its sandbox: mail of mode ${mail.mode} reaches ${mail.to} only if that is verified too.`,
        `Verify ${mail.to} in SES as well. ${requestAccess}`,
      );
};

const judgeStanding = ({ sendingEnabled, enforcement }: SesAccount): Finding => {
  const remedy = 'Read the account dashboard of SES, and answer the case that AWS opened.';
  if (!sendingEnabled || enforcement === 'SHUTDOWN')
    return error('SES standing', 'SES has paused all mail of this account.', remedy);
  if (enforcement !== 'HEALTHY')
    return warning('SES standing', `SES reviews this account (${enforcement}).`, remedy);
  return ok('SES standing', 'SES takes mail from this account.');
};

const judgeQuota = ({ perDay, sentToday }: SesAccount): Finding => {
  const more = 'Ask for a higher quota in Service Quotas (SES, sending quota), or send less.';
  // -1: SES sets no limit.
  if (perDay === -1) return ok('SES quota', 'SES sets no limit a day.');
  const used = `${sentToday} of ${perDay} mails a day are used.`;
  if (sentToday >= perDay) return error('SES quota', used, more);
  return sentToday >= 0.8 * perDay ? warning('SES quota', used, more) : ok('SES quota', used);
};

const judgeRate = ({ perSecond }: SesAccount, { sendingShare }: EnvironmentConfig): Finding => {
  const rate = 0.8 * sendingShare * perSecond;
  const text = `Mails to leads leave at ${round(rate)} a second: ${round(sendingShare * 100)} % (sendingShare) of 80 % of the account's ${perSecond}.`;
  return rate < 0.2
    ? warning(
        'SES rate',
        text,
        'Raise sendingShare in infra/environments.ts, or get more from SES (production access, Service Quotas).',
      )
    : ok('SES rate', text);
};

const round = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * Whether mail may leave under the sender's domain, and whether mailboxes can see that it is no forgery. Emulated mail is
 * never signed, and nobody needs it to be.
 */
export const judgeIdentity = (
  identity: SesIdentity,
  { mail }: EnvironmentConfig,
  region: string,
  { emulated = false }: Readonly<{ emulated?: boolean }> = {},
): readonly Finding[] => {
  if (identity === undefined)
    return [
      error(
        'identity',
        `SES does not know ${mail.identity} in ${region}.`,
        `aws sesv2 create-email-identity --email-identity ${mail.identity} --region ${region}, then put its three DKIM records into your DNS.`,
      ),
    ];
  const findings = identity.verified
    ? [ok('identity', `${mail.identity} is verified.`)]
    : [
        error(
          'identity',
          `${mail.identity} is not verified yet: SES refuses its mail.`,
          'Put the records that SES shows for it into your DNS; it is seen within hours.',
        ),
      ];
  if (identity.dkim === 'SUCCESS') return [...findings, ok('DKIM', `Mail of ${mail.identity} is signed.`)];
  if (emulated)
    return [
      ...findings,
      ok(
        'DKIM',
        `Mail of ${mail.identity} is not signed (DKIM ${identity.dkim}): nobody can sign for that domain, and no mail leaves this machine.`,
      ),
    ];
  const judge = mail.mode === 'live' ? error : warning;
  return [
    ...findings,
    judge(
      'DKIM',
      `Mail of ${mail.identity} is not signed (DKIM ${identity.dkim}): large mailbox providers refuse or hide it.`,
      'Put the three DKIM records that SES shows for the domain into your DNS.',
    ),
  ];
};

/** By name, whether mail may leave through it; undefined: it is gone. */
export const judgeConfigurationSets = (
  sets: Readonly<Record<string, boolean | undefined>>,
  redeploy: string,
): readonly Finding[] => {
  const broken = Object.entries(sets).flatMap(([name, sending]): Finding[] => {
    if (sending === undefined)
      return [error('mail streams', `The configuration set ${name} is gone.`, redeploy)];
    return sending
      ? []
      : [
          error(
            'mail streams',
            `Sending is switched off for the configuration set ${name}.`,
            `aws sesv2 put-configuration-set-sending-options --configuration-set-name ${name} --sending-enabled`,
          ),
        ];
  });
  if (Object.keys(sets).length < 3)
    broken.push(error('mail streams', 'The stack lacks configuration sets of SES.', redeploy));
  return broken.length > 0 ? broken : [ok('mail streams', 'All three streams of mail can send.')];
};
