import type { Policy } from '../../policy/schema.ts';
import type { TimelineEntry } from '../timeline.ts';
import { admitInto } from './admit.ts';
import { knownBefore } from './known-in.ts';
import { scoringIndex } from './scoring-index.ts';
import { emptyTally, type Tally } from './tally.ts';
import { draftOf } from './tally-draft.ts';

/** The tally of engagements that count and are after the cut-off, in order. */
export const foldEntries = (entries: readonly TimelineEntry[], policy: Policy): Tally => {
  if (entries.length === 0) return emptyTally;
  const index = scoringIndex(policy);
  const draft = draftOf(emptyTally, index);
  entries.forEach((entry, i) => {
    admitInto(draft, entry, knownBefore(entries, i), index);
  });
  return draft;
};
