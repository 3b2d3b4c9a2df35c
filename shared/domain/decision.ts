import type { Fact } from '../events/facts.ts';

/** Next state, and the facts that led to it. No facts and the same state object = nothing happened. */
export type Decision<S> = Readonly<{ state: S; facts: readonly Fact[] }>;
