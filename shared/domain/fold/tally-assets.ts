import type { TimelineEntry } from '../timeline.ts';
import { assetNumber, noAsset } from './asset-number.ts';
import { mostAssets } from './once-per.ts';
import type { IndexedRule, ScoringIndex } from './scoring-index.ts';
import type { Tally } from './tally.ts';
import { movePayment, pay, type TallyDraft } from './tally-draft.ts';

type AssetPaid = Tally['assets'][number];

/**
 * The earliest engagement with each asset is paid, of the earliest 16 assets. What was pushed out, or never came in, needs
 * no memory: it comes in only with an engagement that is earlier than all that it had.
 */
export const admitToAssets = (
  draft: TallyDraft,
  entry: TimelineEntry,
  rule: IndexedRule,
  index: ScoringIndex,
): number => {
  const paid: AssetPaid = { rule: rule.number, asset: assetNumber(entry) ?? noAsset, at: entry.at };
  const own = draft.assets.filter((other) => other.rule === rule.number);
  const same = own.find(({ asset }) => asset === paid.asset);
  const last = own.length < mostAssets ? undefined : own.at(-1);
  const replaced = same ?? last;
  if (replaced !== undefined && compareAssets(paid, replaced) >= 0) return 0;
  draft.assets = [...draft.assets.filter((other) => other !== replaced), paid].sort(compareAssets);
  if (replaced?.at === entry.at) return 0;
  if (replaced === undefined) pay(draft, rule, entry.at, index);
  else movePayment(draft, rule, { before: replaced.at, at: entry.at }, index);
  return rule.points;
};

/** By rule, the earliest first; those of the same time in some order that does not depend on arrival. */
const compareAssets = (a: AssetPaid, b: AssetPaid): number =>
  a.rule - b.rule || a.at - b.at || a.asset - b.asset;
