import { DAY, epochOf } from '../domain/time.ts';
import type { Policy } from '../policy/schema.ts';

/** An engagement as its producer sent it. */
export type SentEngagement = Readonly<{
  id: string;
  kind: string;
  occurredAt?: string;
  properties?: Readonly<Record<string, unknown>>;
}>;

type Rule = Policy['scoring']['rules'][number];
type Happened = Readonly<{ id: string; kind: string; at: number; day: string; asset?: string }>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** YYYY-MM-DD where the policy is at home. */
const localDay = (at: number, zone: string): string => {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(zone, format);
  return format.format(at);
};

const isBefore = (a: Happened, b: Happened) => a.at < b.at || (a.at === b.at && a.id < b.id);

/** Weeks begin on Monday; this one did. */
const someMonday = Date.UTC(2024, 0, 1);

const bucketOf = ({ oncePer }: Rule, { day, asset }: Happened): string => {
  switch (oncePer) {
    case 'day':
      return day;
    case 'week':
      return String(Math.floor((epochOf(day) - someMonday) / (7 * DAY)));
    case 'month':
      return day.slice(0, 7);
    case 'asset':
      return asset ?? '';
    case 'ever':
    case undefined:
      return '';
  }
};

/**
 * The engagement score, written down a second time as it is defined: each engagement is compared with all others. Knows
 * what the default policy uses: rules by kind alone, and patterns of days and of distinct assets.
 */
export const naiveEngagement = (
  engagements: readonly SentEngagement[],
  policy: Policy,
  t: number,
): number => {
  const { scoring, zone } = policy;
  const happenedOf = ({ id, kind, occurredAt = '', properties }: SentEngagement): Happened => ({
    id,
    kind,
    at: Date.parse(occurredAt),
    day: localDay(Date.parse(occurredAt), zone),
    ...(properties?.asset === undefined ? {} : { asset: String(properties.asset) }),
  });
  const all = [...new Map(engagements.map((e) => [e.id, happenedOf(e)])).values()];
  const sums: Record<string, number> = {};
  const pay = (category: string, points: number, { at }: Happened) => {
    const halfLife = scoring.categories[category]?.halfLife ?? 0;
    sums[category] = (sums[category] ?? 0) + points * 0.5 ** ((t - at) / halfLife);
  };
  for (const one of all) {
    const rule = scoring.rules.find(({ kind }) => kind.includes(one.kind));
    if (rule === undefined) continue;
    const rivals = all.filter((other) => rule.kind.includes(other.kind) && isBefore(other, one));
    const taken = new Set(rivals.map((other) => bucketOf(rule, other)));
    if (rule.oncePer !== undefined && taken.has(bucketOf(rule, one))) continue;
    if (rule.oncePer === 'asset' && taken.size >= 16) continue;
    pay(rule.category, rule.points, one);
  }
  for (const pattern of scoring.patterns) {
    const ofKind = all.filter(({ kind }) => kind === pattern.kind);
    const complete = ofKind.filter((one) => {
      const window = ofKind.filter(
        (other) => (isBefore(other, one) || other === one) && other.at > one.at - pattern.within,
      );
      const values =
        pattern.type === 'days' ? window.map(({ day }) => day) : window.flatMap(({ asset }) => asset ?? []);
      return new Set(values).size >= pattern.atLeast;
    });
    const first = complete.find((one) => !complete.some((other) => isBefore(other, one)));
    if (first !== undefined) pay(pattern.category, pattern.points, first);
  }
  const total = Object.entries(sums).reduce((sum, [name, value]) => {
    const { floor = 0, cap = 0 } = scoring.categories[name] ?? {};
    return sum + Math.max(floor, Math.min(cap, value));
  }, 0);
  return Math.min(scoring.engagementCap, total);
};
