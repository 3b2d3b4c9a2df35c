import type { TimelineEntry } from '../timeline.ts';
import { assetNumber, noAsset } from './asset-number.ts';
import type { KnownIn } from './known-in.ts';
import { mostAssets } from './once-per.ts';
import { ruleIn } from './rule-of.ts';
import type { IndexedRule, ScoringIndex } from './scoring-index.ts';
import type { Tally } from './tally.ts';
import { movePayment, pay, type TallyDraft } from './tally-draft.ts';

type AssetPaid = Tally['assets'][number];

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
  const latest = latestOfAll(draft, rule.number);
  if (latest !== undefined)
    return entry.at < latest ? admitEarlier(draft, entry, rule, latest, knownIn, index) : 0;
  const paid = paidFor(entry, rule.number);
  const same = draft.assets.find(({ rule: number, asset }) => number === rule.number && asset === paid.asset);
  if (same !== undefined && paid.at >= same.at) return 0;
  keep(draft, rule.number, withAsset(draft.assets, paid, same));
  payInstead(draft, rule, same, paid, index);
  return rule.points;
};

/** When the latest of its assets was paid, if the rule has all that it pays for. */
const latestOfAll = ({ fullAssets }: TallyDraft, number: number): number | undefined => {
  for (const full of fullAssets) if (full.rule === number) return full.at;
  return undefined;
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
  const paid = paidFor(entry, rule.number);
  const same = before.find(({ asset }) => asset === paid.asset);
  if (same !== undefined && paid.at >= same.at) return 0;
  const replaced = same ?? last;
  const at = withAsset(before, paid, replaced).at(-1)?.at ?? latest;
  draft.fullAssets = withFull(draft.fullAssets, { rule: rule.number, at });
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
    const paid = paidFor(entry, rule.number);
    if (!earliest.has(paid.asset) && ruleIn(index, entry) === rule) earliest.set(paid.asset, paid);
  }
  return [...earliest.values()];
};

const paidFor = (entry: TimelineEntry, rule: number): AssetPaid => ({
  rule,
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

/** Of a rule that has all that it pays for only the latest time is kept. */
const keep = (draft: TallyDraft, number: number, assets: readonly AssetPaid[]): void => {
  const own = assets.filter(({ rule }) => rule === number);
  const last = own.at(-1);
  const isFull = last !== undefined && own.length === mostAssets;
  draft.assets = isFull ? assets.filter(({ rule }) => rule !== number) : assets;
  if (isFull) draft.fullAssets = withFull(draft.fullAssets, { rule: number, at: last.at });
};

const withAsset = (
  assets: readonly AssetPaid[],
  paid: AssetPaid,
  replaced: AssetPaid | undefined,
): readonly AssetPaid[] => [...assets.filter((other) => other !== replaced), paid].sort(compareAssets);

/** By rule, the earliest first; those of the same time in some order that does not depend on arrival. */
const compareAssets = (a: AssetPaid, b: AssetPaid): number =>
  a.rule - b.rule || a.at - b.at || a.asset - b.asset;

const withFull = (all: Tally['fullAssets'], full: Tally['fullAssets'][number]): Tally['fullAssets'] =>
  [...all.filter(({ rule }) => rule !== full.rule), full].sort((a, b) => a.rule - b.rule);
