import type { Policy, Rule } from '../policy/schema.ts';
import { cutOffTime, verdictOn } from './counted.ts';
import type { Payment } from './fold/payments.ts';
import { ruleOf } from './fold/rule-of.ts';
import type { TimelineEntry } from './timeline.ts';
import { letsCount, type Verdict } from './verdict.ts';
import type { WholeLead } from './whole-lead.ts';

/** Why the rule of an engagement, if there is one, paid nothing for it. */
export type NotCounted =
  | 'held'
  | 'voided'
  | 'before-the-cut-off'
  | 'no-rule'
  | 'no-points'
  | 'another-of-the-day'
  | 'another-of-the-week'
  | 'another-of-the-month'
  | 'asset-counted-already'
  | 'enough-assets'
  | 'counted-once-for-ever';

export type JudgedEntry = Readonly<{
  entry: TimelineEntry;
  /** The one that matches it; it may have paid or not. */
  rule?: Rule;
  /** What it earned by its rule, and as the one that completed a pattern. */
  paid: readonly Payment[];
  notCounted?: NotCounted;
  /** What somebody said of it, if anybody did. */
  verdict?: Verdict;
}>;

/** Says of each engagement, in the order of the timeline, what it earned or why it did not. */
export const judgeTimeline = (
  { lead, timeline }: Pick<WholeLead, 'lead' | 'timeline'>,
  payments: readonly Payment[],
  policy: Policy,
): readonly JudgedEntry[] => {
  const cutOff = cutOffTime(lead);
  const paidFor = Map.groupBy(payments, ({ entryId }) => entryId);
  const paidAssets = new Set<string>();
  return timeline.map((entry) => {
    const rule = ruleOf(entry, policy);
    const paid = paidFor.get(entry.id) ?? [];
    const byRule = paid.some(({ by }) => by === `rule-${rule?.number}`);
    const verdict = verdictOn(lead, entry.id);
    const notCounted = byRule ? undefined : (judgedOut(verdict) ?? whyNot(entry, rule, cutOff, paidAssets));
    if (byRule) paidAssets.add(assetOf(entry, rule));
    return {
      entry,
      ...(rule === undefined ? {} : { rule }),
      paid,
      ...(notCounted === undefined ? {} : { notCounted }),
      ...(verdict === undefined ? {} : { verdict }),
    };
  });
};

const judgedOut = (verdict: Verdict | undefined): NotCounted | undefined => {
  if (letsCount(verdict)) return undefined;
  return verdict?.verdict === 'hold' ? 'held' : 'voided';
};

const assetOf = ({ facets }: TimelineEntry, rule: Rule | undefined): string =>
  `${rule?.number} ${facets?.asset ?? ''}`;

const whyNot = (
  entry: TimelineEntry,
  rule: Rule | undefined,
  cutOff: number,
  paidAssets: ReadonlySet<string>,
): NotCounted => {
  if (entry.at <= cutOff) return 'before-the-cut-off';
  if (rule === undefined) return 'no-rule';
  switch (rule.points === 0 ? undefined : rule.oncePer) {
    case undefined:
      return 'no-points';
    case 'asset':
      return paidAssets.has(assetOf(entry, rule)) ? 'asset-counted-already' : 'enough-assets';
    case 'ever':
      return 'counted-once-for-ever';
    case 'day':
      return 'another-of-the-day';
    case 'week':
      return 'another-of-the-week';
    case 'month':
      return 'another-of-the-month';
  }
};
