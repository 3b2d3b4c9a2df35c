import { bundleOf, type PolicyBundle } from './policy-bundle.ts';
import type { Policy } from './schema.ts';

/** Which policy is in force. */
export type PolicyPointer = Readonly<{
  hash: string;
  /** Raised by each flip, back to an earlier policy too. */
  sequence: number;
  /** Hashes of those that were published before it, the latest first: the way back. */
  before: readonly string[];
}>;

/** Where policies are published. */
export type PolicyStore = Readonly<{
  /** Bundles never change: one that is there already stays. */
  put(bundle: PolicyBundle): Promise<void>;
  /** A bundle's policy; undefined if it was never put there. */
  bundle(hash: string): Promise<Policy | undefined>;
  /** Which one is in force; undefined before the first. Strongly consistent. */
  pointer(): Promise<PolicyPointer | undefined>;
  /** `conflict`: somebody else has moved it since `from` was read. */
  flip(from: PolicyPointer | undefined, to: PolicyPointer): Promise<'flipped' | 'conflict'>;
}>;

/** The policy does not fit into where it is published. */
export class PolicyTooLargeError extends Error {
  override readonly name = 'PolicyTooLargeError';
}

/** Somebody else published at the same moment. */
export class PublishConflictError extends Error {
  override readonly name = 'PublishConflictError';
}

/** There is no earlier policy to go back to. */
export class NothingBeforeError extends Error {
  override readonly name = 'NothingBeforeError';
}

/** As many steps back as anybody takes; the pointer stays small. */
const stepsBack = 20;

/**
 * Puts a policy in force. Publishing the one in force changes nothing, so it may be said twice; putting back an earlier
 * one is a flip like any other and raises the sequence.
 */
export const publishPolicy = async (
  store: PolicyStore,
  policy: Policy,
): Promise<PolicyPointer & Readonly<{ published: boolean }>> => {
  const bundle = bundleOf(policy);
  await store.put(bundle);
  for (let attempt = 0; attempt < 5; attempt++) {
    const from = await store.pointer();
    if (from?.hash === bundle.hash) return { ...from, published: false };
    const before = from === undefined ? [] : [from.hash, ...from.before].slice(0, stepsBack);
    const to = { hash: bundle.hash, sequence: (from?.sequence ?? 0) + 1, before };
    if ((await store.flip(from, to)) === 'flipped') return { ...to, published: true };
  }
  throw new PublishConflictError(
    'Others kept publishing: look which policy is in force, then publish again.',
  );
};

/**
 * Puts the policy back that was published before the one in force; once more goes back further. It is not decided again
 * when somebody else has published meanwhile: what they published would be taken back.
 * @throws NothingBeforeError, PublishConflictError
 */
export const rollBackPolicy = async (
  store: PolicyStore,
): Promise<Readonly<{ from: PolicyPointer; to: PolicyPointer }>> => {
  const from = await store.pointer();
  const [hash, ...before] = from?.before ?? [];
  if (from === undefined || hash === undefined)
    throw new NothingBeforeError('No policy was published before the one in force: publish another instead.');
  const to = { hash, sequence: from.sequence + 1, before };
  if ((await store.flip(from, to)) === 'flipped') return { from, to };
  // The answer to our own flip may have got lost, and the client asked again.
  const now = await store.pointer();
  if (now?.hash === to.hash && now.sequence === to.sequence) return { from, to };
  throw new PublishConflictError(
    'Somebody else has published meanwhile: look which policy is in force, then roll back again.',
  );
};
