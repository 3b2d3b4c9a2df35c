import type { Roster } from '../../../shared/domain/roster.ts';
import { pathText } from '../../../shared/policy/policy-problem.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { checkRoster } from '../../../shared/roster/check-roster.ts';
import { error, type Finding, ok, warning } from './finding.ts';

export type Subscription = Readonly<{ endpoint: string; confirmed: boolean }>;

/** Whether somebody hears a topic. `who`: whom it tells. */
export const judgeSubscriptions = (
  check: string,
  who: string,
  subscriptions: readonly Subscription[],
): readonly Finding[] => {
  const waiting = subscriptions.filter(({ confirmed }) => !confirmed);
  const remedy =
    'Open the mail "AWS Notification - Subscription Confirmation" there and follow its link; it is valid for three days, then deploy again.';
  if (subscriptions.length === 0)
    return check === 'alarms'
      ? [
          warning(
            check,
            `Nobody subscribes: no ${who} hears an alarm.`,
            'Set alarmEmail in infra/environments.ts and deploy, or subscribe to the topic (output AlarmTopicArn).',
          ),
        ]
      : [ok(check, `No ${who} subscribes; they get their mails all the same.`)];
  if (waiting.length === 0) return [ok(check, `${subscriptions.length} confirmed.`)];
  const judge = check === 'alarms' && waiting.length === subscriptions.length ? error : warning;
  return [
    judge(
      check,
      `${waiting.map(({ endpoint }) => endpoint).join(', ')} did not confirm the subscription.`,
      remedy,
    ),
  ];
};

/** Undefined: none was published. */
export const judgePolicy = (published: PublishedPolicy | undefined, env: string): readonly Finding[] =>
  published === undefined
    ? [error('policy', 'No policy is published: no lead is scored.', `npx baton publish --env ${env}`)]
    : [
        ok(
          'policy',
          `Policy ${published.policy.version} (${published.hash.slice(0, 12)}) is in force, publication ${published.sequence}.`,
        ),
      ];

/** Undefined: there is no roster; no policy: nobody knows which teams are needed. */
export const judgeRoster = (
  roster: Roster | undefined,
  policy: Policy | undefined,
  env: string,
): readonly Finding[] => {
  const put = `npx baton roster put roster.yaml --env ${env}`;
  if (roster === undefined)
    return [error('roster', 'There is no roster: leads can be handed to nobody.', put)];
  if (policy === undefined)
    return [
      warning(
        'roster',
        'Whether it fits the policy cannot be told without one.',
        'Publish the policy first.',
      ),
    ];
  const problems = checkRoster(roster, policy);
  return problems.length === 0
    ? [ok('roster', `${roster.people.length} people in ${roster.teams.length} teams, each with its manager.`)]
    : problems.map(({ path, message }) =>
        error('roster', `${placeOf(roster, path)} ${message}.`, `Mend the roster, then ${put}`),
      );
};

/** `teams[0].manager` says little; the team's name says more. */
const placeOf = ({ teams }: Roster, path: readonly (string | number)[]): string => {
  const [list, index, ...rest] = path;
  const team = list === 'teams' && typeof index === 'number' ? teams[index]?.name : undefined;
  return team === undefined ? pathText(path) : [`team ${team}:`, ...rest].join(' ');
};
