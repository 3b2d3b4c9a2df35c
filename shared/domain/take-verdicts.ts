import { letsCount, overrules, type Verdict } from './verdict.ts';

/** A lead's own item keeps them all: so many of the longest are half of what an item can hold. */
export const mostVerdicts = 200;

/**
 * The verdicts in force with further ones among them, one for each engagement, by its id: an order that does not depend
 * on arrival. `kept` undefined: none of them is news. A verdict on one engagement more than can be kept is refused.
 */
export const takeVerdicts = (
  known: readonly Verdict[] = [],
  verdicts: readonly Verdict[],
): Readonly<{ kept: readonly Verdict[] | undefined; refused: readonly Verdict[] }> => {
  const inForce = new Map(known.map((verdict) => [verdict.engagementId, verdict]));
  const refused: Verdict[] = [];
  let isNews = false;
  for (const verdict of verdicts) {
    const before = inForce.get(verdict.engagementId);
    if (before === undefined && inForce.size >= mostVerdicts) refused.push(verdict);
    else if (before === undefined || overrules(verdict, before)) {
      inForce.set(verdict.engagementId, succeed(verdict, before));
      isNews = true;
    }
  }
  const byId = (a: Verdict, b: Verdict) => (a.engagementId < b.engagementId ? -1 : 1);
  return { kept: isNews ? [...inForce.values()].sort(byId) : undefined, refused };
};

/** As long as the engagement does not count, nobody hears of it. */
const succeed = (verdict: Verdict, before: Verdict | undefined): Verdict =>
  before?.untold === true && !letsCount(verdict) ? { ...verdict, untold: true } : verdict;
