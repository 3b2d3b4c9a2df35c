import type { EngagementRecorded } from '../../shared/events/inbound.ts';
import type { Policy, Rule } from '../../shared/policy/schema.ts';

type Happened = Readonly<{ id: string; kind: string; at: number; asset?: string }>;

const happenedOf = ({ id, kind, occurredAt = '', properties }: EngagementRecorded): Happened => ({
  id,
  kind,
  at: Date.parse(occurredAt),
  ...(properties?.asset === undefined ? {} : { asset: String(properties.asset) }),
});

const isBefore = (a: Happened, b: Happened) => a.at < b.at || (a.at === b.at && a.id < b.id);

/**
 * The engagement score, written down a second time as it is defined: each engagement is compared with all others. Knows
 * what the default policy uses, in UTC.
 */
export const naiveEngagement = (
  engagements: readonly EngagementRecorded[],
  policy: Policy,
  t: number,
): number => {
  const all = [...new Map(engagements.map((e) => [e.id, happenedOf(e)])).values()];
  const day = ({ at }: Happened) => new Date(at).toISOString().slice(0, 10);
  const week = ({ at }: Happened) => Math.floor((at - Date.UTC(2024, 0, 1)) / (7 * 86_400_000));
  const bucket = (rule: Rule, one: Happened) =>
    ({
      day: day(one),
      week: String(week(one)),
      month: day(one).slice(0, 7),
      asset: one.asset ?? '',
      ever: '',
    })[rule.oncePer ?? 'ever'];
  const sums: Record<string, number> = {};
  const pay = (category: string, points: number, { at }: Happened) => {
    const halfLife = policy.scoring.categories[category]!.halfLife;
    sums[category] = (sums[category] ?? 0) + points * 0.5 ** ((t - at) / halfLife);
  };
  for (const one of all) {
    const rule = policy.scoring.rules.find(({ kind }) => kind.includes(one.kind));
    if (rule === undefined) continue;
    const rivals = all.filter((other) => rule.kind.includes(other.kind) && isBefore(other, one));
    if (rule.oncePer !== undefined && rivals.some((other) => bucket(rule, other) === bucket(rule, one)))
      continue;
    if (rule.oncePer === 'asset' && new Set(rivals.map((other) => bucket(rule, other))).size >= 16) continue;
    pay(rule.category, rule.points, one);
  }
  for (const pattern of policy.scoring.patterns) {
    const ofKind = all.filter(({ kind }) => kind === pattern.kind);
    const complete = ofKind.filter((one) => {
      const window = ofKind.filter(
        (other) => (isBefore(other, one) || other === one) && other.at > one.at - pattern.within,
      );
      const values = pattern.type === 'days' ? window.map(day) : window.flatMap(({ asset }) => asset ?? []);
      return new Set(values).size >= pattern.atLeast;
    });
    const first = complete.find((one) => !complete.some((other) => isBefore(other, one)));
    if (first !== undefined) pay(pattern.category, pattern.points, first);
  }
  const total = Object.entries(sums).reduce((sum, [name, value]) => {
    const { floor, cap } = policy.scoring.categories[name]!;
    return sum + Math.max(floor, Math.min(cap, value));
  }, 0);
  return Math.min(policy.scoring.engagementCap, total);
};
