import type { Instant } from '../../../../shared/domain/time.ts';
import type { PlayedSeed } from '../play-seed.ts';
import { toldOf } from './outcome.ts';

/** Whom a lead's id means: the lead itself, or the one that it was merged into. */
export type MergedNames = Readonly<{
  /** In the end. */
  final(leadId: string): string;
  at(leadId: string, at: Instant): string;
  /** Others were merged into it. */
  absorbs(leadId: string): boolean;
}>;

export const mergedNames = (played: PlayedSeed): MergedNames => {
  const merges = new Map(
    toldOf(played, 'LeadMerged').map(({ fact, at }) => [fact.leadId, { into: fact.into, at }]),
  );
  const follow = (leadId: string, until?: Instant): string => {
    const merge = merges.get(leadId);
    return merge === undefined || (until !== undefined && merge.at > until)
      ? leadId
      : follow(merge.into, until);
  };
  const absorbing = new Set([...merges.values()].map(({ into }) => into));
  return {
    final: (leadId) => follow(leadId),
    at: follow,
    absorbs: (leadId) => absorbing.has(leadId),
  };
};
