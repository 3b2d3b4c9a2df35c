import type { Pattern } from '../../policy/schema.ts';
import { compareEntries, type Span, type TimelineEntry } from '../timeline.ts';
import type { KnownIn } from './known-in.ts';
import { completes } from './pattern-time.ts';
import { comesLate, isComplete, valuesIn, withValues } from './pattern-values.ts';
import type { ScoringIndex } from './scoring-index.ts';
import type { PatternTally } from './tally.ts';
import { movePayment, pay, type TallyDraft } from './tally-draft.ts';

const nothing: PatternTally = { values: [] };

const tallyOf = ({ patterns }: TallyDraft, { number }: Pattern): PatternTally =>
  patterns.of(number) ?? nothing;

/**
 * A pattern is paid when it is complete for the first time. Returns its points, if it was not complete before this
 * engagement was there.
 */
export const admitToPattern = (
  draft: TallyDraft,
  entry: TimelineEntry,
  pattern: Pattern,
  knownIn: KnownIn,
  index: ScoringIndex,
): number => {
  const { paidAt, values } = tallyOf(draft, pattern);
  const added = paidAt !== undefined && paidAt <= entry.at ? [] : valuesIn(pattern, entry, index.zone);
  if (added.length === 0) return 0;
  const span = lateSpan(draft, entry, pattern, added);
  const at =
    span === undefined
      ? isComplete(pattern, values, entry.at, added)
        ? entry.at
        : undefined
      : completes(pattern, [...knownIn(span), entry].sort(compareEntries), index.zone)?.at;
  if (at === undefined) {
    if (paidAt === undefined) keep(draft, pattern, { values: withValues(pattern, values, entry.at, added) });
    return 0;
  }
  if (paidAt !== undefined && at >= paidAt) return 0;
  keep(draft, pattern, { paidAt: at, values: [] });
  if (paidAt === undefined) {
    pay(draft, pattern, at, index);
    return pattern.points;
  }
  movePayment(draft, pattern, { before: paidAt, at }, index);
  return 0;
};

/** What may complete the pattern together with this engagement, and is not remembered; undefined: nothing. */
const lateSpan = (
  draft: TallyDraft,
  { at }: TimelineEntry,
  pattern: Pattern,
  added: readonly number[],
): Span | undefined => {
  const { paidAt = Infinity, values } = tallyOf(draft, pattern);
  const isLate = paidAt === Infinity ? comesLate(pattern, values, at, added) : at < paidAt;
  return isLate && added.length > 0
    ? { from: at - pattern.within, until: Math.min(at + pattern.within, paidAt) }
    : undefined;
};

const keep = (draft: TallyDraft, { number }: Pattern, kept: PatternTally): void => {
  draft.patterns = draft.patterns.with(number, kept);
};
