import { GetAccountCommand, type SESv2Client } from '@aws-sdk/client-sesv2';

/** The rate that SES allows an account seldom changes. */
const keptMs = 10 * 60_000;
/** What SES allows at least, also in its sandbox: for as long as nobody knows better. */
const leastPerSecond = 1;
/** The rest is for alerts to sales, which do not wait, and for what else the account sends. */
const partForLeads = 0.8;
/** At most so many functions send mails to leads at the same time. */
const functionsAtOnce = 2;

/** How many mails to leads one function may send in a second: half of the environment's share of 80 % of the account's rate. */
export const sesRate = (
  client: Pick<SESv2Client, 'send'>,
  share: number,
  systemMs: () => number = Date.now,
): (() => Promise<number>) => {
  let known: Readonly<{ rate: Promise<number>; askedAt: number }> | undefined;
  return async () => {
    if (known === undefined || systemMs() - known.askedAt > keptMs) {
      const before = known?.rate ?? leastPerSecond;
      // Mails of one batch ask at the same time.
      known = { rate: accountRate(client).catch(() => before), askedAt: systemMs() };
    }
    return ((await known.rate) * partForLeads * share) / functionsAtOnce;
  };
};

const accountRate = async (client: Pick<SESv2Client, 'send'>): Promise<number> => {
  const { SendQuota } = await client.send(new GetAccountCommand({}));
  return Math.max(leastPerSecond, SendQuota?.MaxSendRate ?? leastPerSecond);
};
