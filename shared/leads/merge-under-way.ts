import type { NurtureStates } from '../domain/nurture.ts';
import type { Aggregates } from '../ports.ts';

/**
 * Whether what nurture has of a lead has not gone over yet to the one that it was merged into: what that one may be
 * mailed is not known until then.
 */
export const isMergeUnderWay = async (
  nurture: Pick<Aggregates<NurtureStates>, 'load'>,
  absorbed: readonly string[] = [],
): Promise<boolean> => {
  for (const id of absorbed) {
    const { state } = await nurture.load('mailbox', id);
    if (state?.mergedInto === undefined) return true;
  }
  return false;
};
