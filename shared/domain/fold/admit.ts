import type { Pattern, Policy } from '../../policy/schema.ts';
import { compareEntries, type TimelineEntry } from '../timeline.ts';
import { type KnownIn, knownAmong } from './known-in.ts';
import { ruleIn } from './rule-of.ts';
import { type ScoringIndex, scoringIndex } from './scoring-index.ts';
import type { Tally } from './tally.ts';
import { admitToAssets } from './tally-assets.ts';
import { draftOf, moveOn, pay, type TallyDraft } from './tally-draft.ts';
import { admitToPattern } from './tally-patterns.ts';
import { admitToPeriod } from './tally-periods.ts';

/**
 * The tally with one more engagement, which counts and is after the cut-off, and the points that are paid for it: by its
 * rule, and for patterns that it completes. In any order it comes to the tally of all of them in order, but for
 * `earned` and decimal noise. `known`: those that the tally has already, in order; all that `spansToKnow` asks for, and
 * those that were admitted since it was asked. `policy`: with the scoring that the tally was folded with.
 */
export const admit = (
  tally: Tally,
  entry: TimelineEntry,
  known: readonly TimelineEntry[],
  policy: Policy,
): Readonly<{ tally: Tally; earned: number }> => {
  const index = scoringIndex(policy);
  const draft = draftOf(tally, index);
  const earned = admitInto(draft, entry, knownAmong(known), index);
  return { tally: draft, earned };
};

/** As {@link admit}, into a tally in the making. */
export const admitInto = (
  draft: TallyDraft,
  entry: TimelineEntry,
  knownIn: KnownIn,
  index: ScoringIndex,
): number => {
  moveOn(draft, entry.at, index);
  let earned = earnedByRule(draft, entry, knownIn, index);
  for (const pattern of index.patternsOf.get(entry.kind) ?? noPatterns)
    earned += admitToPattern(draft, entry, pattern, knownIn, index);
  if (earned > 0 && (draft.earned === undefined || compareEntries(draft.earned, entry) < 0))
    draft.earned = { id: entry.id, at: entry.at };
  return earned;
};

const noPatterns: readonly Pattern[] = [];

const earnedByRule = (
  draft: TallyDraft,
  entry: TimelineEntry,
  knownIn: KnownIn,
  index: ScoringIndex,
): number => {
  const rule = ruleIn(index, entry);
  if (rule === undefined || rule.points === 0) return 0;
  const { oncePer } = rule;
  if (oncePer === 'asset') return admitToAssets(draft, entry, rule, knownIn, index);
  if (oncePer !== undefined) return admitToPeriod(draft, entry, rule, oncePer, knownIn, index);
  pay(draft, rule, entry.at, index);
  return rule.points;
};
