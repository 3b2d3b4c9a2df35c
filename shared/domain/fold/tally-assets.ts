import type { TimelineEntry } from '../timeline.ts';
import { assetNumber, noAsset } from './asset-number.ts';
import type { KnownIn } from './known-in.ts';
import { mostAssets } from './once-per.ts';
import { ruleIn } from './rule-of.ts';
import type { IndexedRule, ScoringIndex } from './scoring-index.ts';
import type { AssetPaid, AssetsPaid } from './tally.ts';
import { movePayment, pay, type TallyDraft } from './tally-draft.ts';

const nothing: AssetsPaid = { paid: [] };

/**
 * The earliest engagement with each asset is paid, of the earliest 16 assets. Once there are so many, one that is earlier
 * than the latest of them is all that changes anything.
 */
export const admitToAssets = (
  draft: TallyDraft,
  entry: TimelineEntry,
  rule: IndexedRule,
  knownIn: KnownIn,
  index: ScoringIndex,
): number => {
  const known = draft.assets.of(rule.number) ?? nothing;
  if ('fullAt' in known)
    return entry.at < known.fullAt ? admitEarlier(draft, entry, rule, known.fullAt, knownIn, index) : 0;
  const paid = paidFor(entry);
  const same = known.paid.find(({ asset }) => asset === paid.asset);
  if (same !== undefined && paid.at >= same.at) return 0;
  draft.assets = draft.assets.with(rule.number, kept(withAsset(known.paid, paid, same)));
  payInstead(draft, rule, same, paid, index);
  return rule.points;
};

/** Of a rule that has all that it pays for only the latest time is kept. */
const kept = (paid: readonly AssetPaid[]): AssetsPaid => {
  const last = paid.at(-1);
  return last !== undefined && paid.length === mostAssets ? { fullAt: last.at } : { paid };
};

/** Its asset is paid at an earlier time, or in place of the latest. */
const admitEarlier = (
  draft: TallyDraft,
  entry: TimelineEntry,
  rule: IndexedRule,
  latest: number,
  knownIn: KnownIn,
  index: ScoringIndex,
): number => {
  const before = earliestAssets(knownIn({ from: -Infinity, until: latest }), rule, index);
  const last = before.at(-1);
  // Those that made it full are not known yet: this asks for them.
  if (last === undefined || before.length < mostAssets) return 0;
  const paid = paidFor(entry);
  const same = before.find(({ asset }) => asset === paid.asset);
  if (same !== undefined && paid.at >= same.at) return 0;
  const replaced = same ?? last;
  const at = withAsset(before, paid, replaced).at(-1)?.at ?? latest;
  draft.assets = draft.assets.with(rule.number, { fullAt: at });
  payInstead(draft, rule, replaced, paid, index);
  return rule.points;
};

const earliestAssets = (
  known: readonly TimelineEntry[],
  rule: IndexedRule,
  index: ScoringIndex,
): readonly AssetPaid[] => {
  const earliest = new Map<number, AssetPaid>();
  for (const entry of known) {
    if (earliest.size === mostAssets) break;
    const paid = paidFor(entry);
    if (!earliest.has(paid.asset) && ruleIn(index, entry) === rule) earliest.set(paid.asset, paid);
  }
  return [...earliest.values()];
};

const paidFor = (entry: TimelineEntry): AssetPaid => ({
  asset: assetNumber(entry) ?? noAsset,
  at: entry.at,
});

const payInstead = (
  draft: TallyDraft,
  rule: IndexedRule,
  replaced: AssetPaid | undefined,
  { at }: AssetPaid,
  index: ScoringIndex,
): void => {
  if (replaced === undefined) pay(draft, rule, at, index);
  else movePayment(draft, rule, { before: replaced.at, at }, index);
};

const withAsset = (
  assets: readonly AssetPaid[],
  paid: AssetPaid,
  replaced: AssetPaid | undefined,
): readonly AssetPaid[] => [...assets.filter((other) => other !== replaced), paid].sort(compareAssets);

/** The earliest first; those of the same time in some order that does not depend on arrival. */
const compareAssets = (a: AssetPaid, b: AssetPaid): number => a.at - b.at || a.asset - b.asset;
