import type { Instant } from './domain/time.ts';
import type { EventDefinition, EventOf } from './events/define-event.ts';

/** A message whose detail fits its schema. */
export type Received<D extends EventDefinition> = D extends EventDefinition
  ? Readonly<{ type: D['type']; detail: EventOf<D> /** When the queue took it. */; receivedAt: Instant }>
  : never;

/** What a worker does with the messages of one group: one outcome each, in their order. */
export type Work<M> = (messages: readonly M[]) => Promise<readonly PromiseSettledResult<unknown>[]>;

/** What one worker takes from its queue, and what it does with it; wherever it runs. */
export type Job<D extends EventDefinition = EventDefinition> = Readonly<{
  accepts: readonly D[];
  /** Messages of one group are handled in order of arrival, groups side by side. */
  groupOf(message: Received<D>): string;
  work: Work<Received<D>>;
}>;

/** Binds what a job does to the types of what it accepts. */
export const defineJob = <const D extends EventDefinition>(
  accepts: readonly D[],
  { groupOf, work }: Omit<Job<D>, 'accepts'>,
): Job<D> => ({ accepts, groupOf, work });

/** One after the other; one that fails does not stop the next. */
export const oneByOne =
  <M>(handle: (message: M) => Promise<unknown>): Work<M> =>
  async (messages) => {
    const outcomes: PromiseSettledResult<unknown>[] = [];
    for (const message of messages) outcomes.push(...(await Promise.allSettled([handle(message)])));
    return outcomes;
  };

/** All of a group in one go: they succeed or fail together. */
export const allAtOnce =
  <M>(handle: (messages: readonly M[]) => Promise<unknown>): Work<M> =>
  async (messages) => {
    const [outcome] = await Promise.allSettled([handle(messages)]);
    return messages.map(() => outcome);
  };
