import { type Fact, stampFacts } from './events/facts.ts';
import type { Aggregates, Change, Loaded } from './ports.ts';

const maxAttempts = 8;

/** Others kept saving first. Thrown, so that the message comes again later. */
export class ContentionError extends Error {
  override readonly name = 'ContentionError';
}

/** A change of one item, its facts stamped with the version under which it will be saved. */
export const changeOf = <K extends string, S>(
  kind: K,
  id: string,
  { version }: Loaded<unknown>,
  next: Readonly<{ state: S; facts?: readonly Fact[]; dueAt?: string; openSince?: string }>,
): Change<K, S> => ({
  kind,
  id,
  version,
  state: next.state,
  facts: stampFacts(`${kind}-${id}`, version + 1, next.facts ?? []),
  ...(next.dueAt === undefined ? {} : { dueAt: next.dueAt }),
  ...(next.openSince === undefined ? {} : { openSince: next.openSince }),
});

/**
 * The one shape of change: `decide` loads what it needs and says what is to be written; no changes = nothing happened,
 * nothing is written. If somebody else saved first, it decides again from what is true then.
 * @throws ContentionError after eight lost races.
 */
export const decideAndCommit = async <States extends object, R>(
  aggregates: Aggregates<States>,
  decide: () => Promise<Readonly<{ changes: readonly Change<keyof States & string>[]; result: R }>>,
): Promise<R> => {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const { changes, result } = await decide();
    if (changes.length === 0 || (await aggregates.commit(changes)) === 'saved') return result;
    await aggregates.pause(attempt);
  }
  throw new ContentionError(`gave up after ${maxAttempts} conflicts`);
};
