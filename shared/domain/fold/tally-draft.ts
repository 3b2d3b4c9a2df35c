import type { IndexedCategory, ScoringIndex } from './scoring-index.ts';
import type { Tally } from './tally.ts';

/** A tally in the making. Its lists are replaced, never changed; its sums are its own. */
export type TallyDraft = Omit<{ -readonly [K in keyof Tally]: Tally[K] }, 'sums'> & { sums: number[] };

export const draftOf = (tally: Tally, { categories }: ScoringIndex): TallyDraft => ({
  ref: tally.ref,
  sums: tally.sums.length === 0 ? categories.map(() => 0) : tally.sums.slice(),
  periods: tally.periods,
  assets: tally.assets,
  patterns: tally.patterns,
  earned: tally.earned,
});

/** Sums are counted in units of two to this power. */
const unitOf = (at: number, { halfLife }: IndexedCategory): number => Math.floor(at / halfLife);

/** Makes `at` the time of the latest engagement, if it is. Exact: each sum is multiplied by a power of two. */
export const moveOn = (draft: TallyDraft, at: number, { categories }: ScoringIndex): void => {
  if (at <= draft.ref) return;
  const { ref, sums } = draft;
  let i = 0;
  for (const category of categories) {
    const units = unitOf(at, category) - unitOf(ref, category);
    if (units !== 0) sums[i] = (sums[i] ?? 0) * 2 ** -units;
    i++;
  }
  draft.ref = at;
};

type Price = Readonly<{ category: string; points: number }>;

/** Adds points that fade from `at` on, which must not be after the latest engagement. */
export const pay = (draft: TallyDraft, price: Price, at: number, index: ScoringIndex): void =>
  add(draft, price, price.points, at, index);

/** What was paid at `before` counts from `at` on instead. */
export const movePayment = (
  draft: TallyDraft,
  price: Price,
  { before, at }: Readonly<{ before: number; at: number }>,
  index: ScoringIndex,
): void => {
  add(draft, price, -price.points, before, index);
  add(draft, price, price.points, at, index);
};

const add = (
  { sums, ref }: TallyDraft,
  { category: name }: Price,
  points: number,
  at: number,
  { categories, placeOf }: ScoringIndex,
): void => {
  const place = placeOf.get(name);
  const category = place === undefined ? undefined : categories[place];
  if (place === undefined || category === undefined) return;
  const unit = unitOf(at, category);
  // The significand depends on the engagement only, so that adding up in another order changes next to nothing.
  const significand = points * 2 ** ((at - unit * category.halfLife) / category.halfLife);
  sums[place] = (sums[place] ?? 0) + significand * 2 ** (unit - unitOf(ref, category));
};
