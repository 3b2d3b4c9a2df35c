import { bundleOf, type PolicyBundle } from './policy-bundle.ts';
import type { Policy } from './schema.ts';

export type PolicyPointer = Readonly<{ hash: string; sequence: number }>;

/** Where policies are published. */
export type PolicyStore = Readonly<{
  /** Bundles never change: one that is there already stays. */
  put(bundle: PolicyBundle): Promise<void>;
  /** Which one is in force; undefined before the first. */
  pointer(): Promise<PolicyPointer | undefined>;
  /** `conflict`: somebody else has moved it since `from` was read. */
  flip(from: PolicyPointer | undefined, to: PolicyPointer): Promise<'flipped' | 'conflict'>;
}>;

/** Somebody else published at the same moment, again and again. */
export class PublishConflictError extends Error {
  override readonly name = 'PublishConflictError';
}

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
    const to = { hash: bundle.hash, sequence: (from?.sequence ?? 0) + 1 };
    if ((await store.flip(from, to)) === 'flipped') return { ...to, published: true };
  }
  throw new PublishConflictError('others kept publishing: look which policy is in force, then publish again');
};
