import { subscriptions, type WorkerName } from '../../../shared/events/subscriptions.ts';

/** Where what failed for good waits, by what people call it. */
export const deadLetterUrls = (outputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outputs).flatMap(([key, url]) =>
      key === 'UndeliveredUrl'
        ? [['what rules could not deliver', url]]
        : key.endsWith('DeadLettersUrl')
          ? [[`the dead-letter queue of ${kebab(key.replace(/DeadLettersUrl$/, ''))}`, url]]
          : [],
    ),
  );

/** Names of the workers' queues, as they end in ARNs and in URLs. */
export const queuesOf = (outputs: Readonly<Record<string, string>>): Partial<Record<WorkerName, string>> => {
  // An object's keys are strings; these are its own.
  const workers = Object.keys(subscriptions) as WorkerName[];
  const found = Object.entries(outputs).flatMap(([key, url]) => {
    const worker = workers.find((name) => `${pascal(name)}QueueUrl` === key);
    return worker === undefined ? [] : [[worker, url.split('/').at(-1)] as const];
  });
  return Object.fromEntries(found);
};

const kebab = (name: string): string => name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
const pascal = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
