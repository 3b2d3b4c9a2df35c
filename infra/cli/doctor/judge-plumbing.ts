import { subscriptions, takesTheBus, type WorkerName } from '../../../shared/events/subscriptions.ts';
import { error, type Finding, ok, warning } from './finding.ts';

/** What CloudFormation says of the stack. */
export const judgeStack = (status: string, redeploy: string): readonly Finding[] => {
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return [ok('stack', `It is deployed (${status}).`)];
  if (status.endsWith('_IN_PROGRESS') || status.endsWith('CLEANUP_IN_PROGRESS'))
    return [warning('stack', `It is being changed (${status}).`, 'Wait, then ask again.')];
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return [warning('stack', 'The last deploy failed and was taken back: an older release runs.', redeploy)];
  return [error('stack', `It is broken (${status}).`, redeploy)];
};

/** An AWS CLI without --region would look elsewhere. */
export const judgeRegion = (shell: string | undefined, stack: string): readonly Finding[] =>
  shell === undefined || shell === stack
    ? [ok('region', `It is in ${stack}.`)]
    : [
        warning(
          'region',
          `It is in ${stack}, but AWS_REGION of this shell is ${shell}: commands of the AWS CLI go there.`,
          `export AWS_REGION=${stack}`,
        ),
      ];

/** Messages by queue: what failed for good, or reached no queue. */
export const judgeDeadLetters = (messages: Readonly<Record<string, number>>): readonly Finding[] => {
  const full = Object.entries(messages).filter(([, count]) => count > 0);
  return full.length === 0
    ? [ok('dead letters', `All ${Object.keys(messages).length} queues are empty.`)]
    : full.map(([name, count]) =>
        error(
          'dead letters',
          `${name} holds ${count} ${count === 1 ? 'message' : 'messages'}.`,
          'README, run book: "Messages in a dead-letter queue".',
        ),
      );
};

export type BusRule = Readonly<{ enabled: boolean; types: readonly string[]; queues: readonly string[] }>;

/** Whether every worker gets what it listens to. `queues`: each worker's, by name as in the rules' targets. */
export const judgeRules = (
  rules: readonly BusRule[],
  queues: Readonly<Partial<Record<WorkerName, string>>>,
  redeploy: string,
): readonly Finding[] => {
  // An object's keys are strings; these are its own.
  const workers = Object.keys(subscriptions) as WorkerName[];
  const broken = workers.flatMap((worker): Finding[] => {
    const heard = rules
      .filter(({ enabled, queues: targets }) => enabled && targets.includes(queues[worker] ?? ''))
      .flatMap(({ types }) => types);
    const missing = subscriptions[worker].flatMap((definition) =>
      takesTheBus(definition) && !heard.includes(definition.type) ? [definition.type] : [],
    );
    return missing.length === 0
      ? []
      : [error('bus', `No rule of the bus brings ${missing.join(', ')} to ${worker}.`, redeploy)];
  });
  return broken.length > 0
    ? broken
    : [ok('bus', `Its ${rules.length} rules reach ${workers.length} workers.`)];
};

/** Names of rules by schedule, with whether they are switched on. */
export const judgeTimers = (
  timers: Readonly<Record<string, boolean>>,
  redeploy: string,
): readonly Finding[] => {
  const off = Object.entries(timers).flatMap(([name, enabled]) => (enabled ? [] : [name]));
  if (Object.keys(timers).length < 2)
    return [error('timers', 'The rules that run tick and reconcile are gone: time stands still.', redeploy)];
  return off.length === 0
    ? [ok('timers', 'Tick and reconcile are switched on.')]
    : off.map((name) =>
        error(
          'timers',
          `The rule ${name} is switched off: time stands still.`,
          `aws events enable-rule --name ${name}`,
        ),
      );
};

/** How long what is due has waited, in seconds; nothing due: 0. The tick queues it within a minute. */
export const judgeOverdue = (seconds: number, thresholdSeconds: number): readonly Finding[] =>
  seconds < thresholdSeconds
    ? [ok('tick', 'It has queued all that came due.')]
    : [
        error(
          'tick',
          `Something has been due for ${Math.round(seconds / 60)} minutes: the tick does not run, or a worker stands still.`,
          'README, run book: "Something is overdue".',
        ),
      ];

/** By name, whether it has a value. */
export const judgeSecrets = (
  secrets: Readonly<Record<string, boolean>>,
  redeploy: string,
): readonly Finding[] => {
  const empty = Object.entries(secrets).flatMap(([name, filled]) => (filled ? [] : [name]));
  if (empty.length > 0)
    return empty.map((name) =>
      error(
        'secrets',
        `The secret ${name} has no value.`,
        `Restore it (aws secretsmanager restore-secret --secret-id ${name}); links and hashes made with its old value need just that one.`,
      ),
    );
  return Object.keys(secrets).length < 3
    ? [error('secrets', 'The stack lacks secrets.', redeploy)]
    : [ok('secrets', `All ${Object.keys(secrets).length} have values.`)];
};

/** Lambdas that this account may run at once in this region; new accounts begin with 10. */
export const judgeConcurrency = (atOnce: number): readonly Finding[] =>
  atOnce >= 1000
    ? [ok('Lambda quota', `${atOnce} Lambdas may run at once.`)]
    : [
        warning(
          'Lambda quota',
          `Only ${atOnce} Lambdas may run at once in this account: pages may fail while many events come in.`,
          'Ask for 1,000 in Service Quotas (AWS Lambda, Concurrent executions); it costs nothing.',
        ),
      ];
