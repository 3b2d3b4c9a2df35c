import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { ConnectionConfig } from '../environment-connection.ts';
import type { SesAccount, SesIdentity } from './judge-mail.ts';
import type { Subscription } from './judge-people.ts';

export const readAccount = async (config: ConnectionConfig): Promise<SesAccount> => {
  const account = await new SESv2Client(config).send(new GetAccountCommand({}));
  const { Max24HourSend = 0, MaxSendRate = 0, SentLast24Hours = 0 } = account.SendQuota ?? {};
  return {
    productionAccess: account.ProductionAccessEnabled ?? false,
    sendingEnabled: account.SendingEnabled ?? false,
    enforcement: account.EnforcementStatus ?? 'HEALTHY',
    perDay: Max24HourSend,
    perSecond: MaxSendRate,
    sentToday: SentLast24Hours,
  };
};

export const readIdentity = async (config: ConnectionConfig, identity: string): Promise<SesIdentity> => {
  try {
    const { VerifiedForSendingStatus, DkimAttributes } = await new SESv2Client(config).send(
      new GetEmailIdentityCommand({ EmailIdentity: identity }),
    );
    return {
      verified: VerifiedForSendingStatus ?? false,
      dkim: DkimAttributes?.Status ?? 'NOT_STARTED',
    };
  } catch (problem) {
    if (problem instanceof NotFoundException) return undefined;
    throw problem;
  }
};

/** By name, whether mail may leave through it; undefined: there is none of that name. */
export const readConfigurationSets = async (
  config: ConnectionConfig,
  names: readonly string[],
): Promise<Readonly<Record<string, boolean | undefined>>> => {
  const client = new SESv2Client(config);
  const read = names.map(async (name) => {
    try {
      const { SendingOptions } = await client.send(
        new GetConfigurationSetCommand({ ConfigurationSetName: name }),
      );
      return [name, SendingOptions?.SendingEnabled ?? true] as const;
    } catch (problem) {
      if (problem instanceof NotFoundException) return [name, undefined] as const;
      throw problem;
    }
  });
  return Object.fromEntries(await Promise.all(read));
};

export const readSubscriptions = async (
  config: ConnectionConfig,
  topic: string,
): Promise<readonly Subscription[]> => {
  const { Subscriptions = [] } = await new SNSClient(config).send(
    new ListSubscriptionsByTopicCommand({ TopicArn: topic }),
  );
  return Subscriptions.map(({ Endpoint = '', SubscriptionArn = '' }) => ({
    endpoint: Endpoint,
    confirmed: SubscriptionArn.startsWith('arn:'),
  }));
};
