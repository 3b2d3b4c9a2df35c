import { surgeOf } from '../../../shared/domain/surge.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { type EnvironmentConfig, environments, stackNameOf } from '../../environments.ts';
import type { EnvironmentConnection } from '../environment-connection.ts';
import { error, type Finding } from './finding.ts';
import { judgeAccount, judgeConfigurationSets, judgeIdentity } from './judge-mail.ts';
import { judgePolicy, judgeRoster, judgeSubscriptions } from './judge-people.ts';
import {
  judgeConcurrency,
  judgeDeadLetters,
  judgeOverdue,
  judgeRegion,
  judgeRules,
  judgeSecrets,
  judgeStack,
  judgeTimers,
} from './judge-plumbing.ts';
import { judgeSurge } from './judge-surge.ts';
import { deadLetterUrls, queuesOf } from './named-outputs.ts';
import { readCurrentRoster, readOverdueSeconds, readPublishedPolicy } from './read-data.ts';
import { readAccount, readConfigurationSets, readIdentity, readSubscriptions } from './read-mail.ts';
import {
  readConcurrency,
  readMessages,
  readResources,
  readRules,
  readSecrets,
  readStackStatus,
  readTimers,
} from './read-stack.ts';
import { readHeldCount, readPace } from './read-surge.ts';

export type Examined = EnvironmentConnection &
  Readonly<{ region: string; shellRegion?: string; now: Instant }>;

/** Runs every check, also if others fail: one that cannot look is a finding, too. */
export const examine = async (examined: Examined): Promise<readonly Finding[]> => {
  const findings = checksOf(examined).map(async ({ check, look }): Promise<readonly Finding[]> => {
    try {
      return await look();
    } catch (problem) {
      return [unseen(check, problem)];
    }
  });
  return (await Promise.all(findings)).flat();
};

type Check = Readonly<{ check: string; look: () => Promise<readonly Finding[]> }>;

const checksOf = ({
  environment,
  clientConfig,
  outputs,
  region,
  shellRegion,
  now,
}: Examined): readonly Check[] => {
  const config: EnvironmentConfig = environments[environment];
  const stackName = stackNameOf(environment);
  const redeploy = `npx baton deploy --env ${environment}`;
  const out = (key: string): string => {
    const value = outputs[key];
    if (value === undefined) throw new Error(`the stack has no output ${key}: ${redeploy}`);
    return value;
  };
  const resources = readResources(clientConfig, stackName);
  // Each check that needs it says so by itself.
  resources.catch(() => undefined);
  const named = async (type: string) => (await resources)[type] ?? [];
  const policy = (async () => readPublishedPolicy(clientConfig, out('PolicyTableName')))();
  policy.catch(() => undefined);

  return [
    {
      check: 'stack',
      look: async () => judgeStack(await readStackStatus(clientConfig, stackName), redeploy),
    },
    { check: 'region', look: async () => judgeRegion(shellRegion, region) },
    { check: 'policy', look: async () => judgePolicy(await policy, environment) },
    {
      check: 'roster',
      look: async () =>
        judgeRoster(
          await readCurrentRoster(clientConfig, out('RosterTableName')),
          (await policy.catch(() => undefined))?.policy,
          environment,
        ),
    },
    {
      check: 'dead letters',
      look: async () => judgeDeadLetters(await readMessages(clientConfig, deadLetterUrls(outputs))),
    },
    {
      check: 'bus',
      look: async () =>
        judgeRules(await readRules(clientConfig, out('BusName')), queuesOf(outputs), redeploy),
    },
    {
      check: 'timers',
      look: async () =>
        judgeTimers(await readTimers(clientConfig, await named('AWS::Events::Rule')), redeploy),
    },
    // The local stack has a time of its own, which this process does not know.
    ...(environment === 'local'
      ? []
      : [
          {
            check: 'tick',
            look: async () =>
              judgeOverdue(
                await readOverdueSeconds(
                  clientConfig,
                  ['Leads', 'Handoffs', 'Nurture', 'Notices'].map((name) => out(`${name}TableName`)),
                  now,
                ),
                config.alarms.overdueSeconds,
              ),
          },
        ]),
    {
      check: 'secrets',
      look: async () =>
        judgeSecrets(await readSecrets(clientConfig, await named('AWS::SecretsManager::Secret')), redeploy),
    },
    {
      check: 'alarms',
      look: async () =>
        judgeSubscriptions('alarms', 'operator', await readSubscriptions(clientConfig, out('AlarmTopicArn'))),
    },
    {
      check: 'alerts',
      look: async () =>
        judgeSubscriptions('alerts', 'manager', await readSubscriptions(clientConfig, out('AlertTopicArn'))),
    },
    { check: 'SES account', look: async () => judgeAccount(await readAccount(clientConfig), config) },
    {
      check: 'identity',
      look: async () =>
        judgeIdentity(await readIdentity(clientConfig, config.mail.identity), config, region, {
          emulated: environment === 'local',
        }),
    },
    {
      check: 'mail streams',
      look: async () =>
        judgeConfigurationSets(
          await readConfigurationSets(clientConfig, await named('AWS::SES::ConfigurationSet')),
          redeploy,
        ),
    },
    {
      check: 'surge',
      look: async () => {
        const table = out('LeadsTableName');
        const { policy: inForce = {} } = (await policy.catch(() => undefined)) ?? {};
        const [held, hours] = await Promise.all([
          readHeldCount(clientConfig, table),
          readPace(clientConfig, table),
        ]);
        return judgeSurge(held, surgeOf(hours, inForce, now), environment);
      },
    },
    { check: 'Lambda quota', look: async () => judgeConcurrency(await readConcurrency(clientConfig)) },
  ];
};

const unseen = (check: string, problem: unknown): Finding => {
  const { name, message } = problem instanceof Error ? problem : new Error(String(problem));
  return error(
    check,
    `It could not be looked at: ${message.replace(/[.]$/, '')}.`,
    /AccessDenied|NotAuthorized|AuthorizationError/.test(name)
      ? 'Use credentials that may read it (AWS_PROFILE), or ask for that permission.'
      : 'Mend what the sentence names, then ask again.',
  );
};
