import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import type { InvocationClock } from './invocation-clock.ts';
import { createLog, errorFields } from './log.ts';

/** A recurring rule -> here. A failure is thrown, so that it counts as one. */
export const scheduled = ({
  name,
  clock,
  handle,
}: Readonly<{ name: string; clock: InvocationClock; handle: () => Promise<unknown> }>) => {
  const log = createLog(name);
  return middy<ScheduledEvent, void>()
    .use({
      before: () => clock.refresh(),
      onError: ({ error }) => log.error('run failed', errorFields(error)),
    })
    .handler(async () => {
      await handle();
    });
};
