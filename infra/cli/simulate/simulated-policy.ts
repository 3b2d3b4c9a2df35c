import { bundleOf } from '../../../shared/policy/policy-bundle.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { replayPolicy, shippedPolicy } from '../replay/replay-policy.ts';

/** The policy that a history begins with, and others that may be published in it: they score otherwise. */
export type SimulatedPolicies = Readonly<{
  first: PublishedPolicy;
  others: readonly Pick<PublishedPolicy, 'hash' | 'policy'>[];
}>;

const confirmOnly = { subject: '', preheader: '', html: '', text: '{{ confirmUrl }}' };

/** The policy that ships, for the years that are played. Mails are empty, but for the link that leads confirm by. */
export const simulatedPolicies = async (): Promise<SimulatedPolicies> => {
  const { policy: shipped } = await replayPolicy(shippedPolicy, { firstYear: 2026, lastYear: 2027 });
  const texts = { ...shipped.texts, 'confirm-opt-in': { en: confirmOnly, de: confirmOnly } };
  const policy: Policy = { ...shipped, texts };
  return {
    first: { ...published(policy), sequence: 1 },
    others: [generous(policy), strict(policy)].map(published),
  };
};

const published = (policy: Policy) => ({ hash: bundleOf(policy).hash, policy });

/** More points, for longer, and fewer are needed. */
const generous = (policy: Policy): Policy => {
  const { rules, categories } = policy.scoring;
  return {
    ...policy,
    mql: { ...policy.mql, threshold: { ...policy.mql.threshold, score: 40 } },
    scoring: {
      ...policy.scoring,
      rules: rules.map((rule) =>
        rule.oncePer === 'day' ? { ...rule, points: rule.points + 2, oncePer: 'week' } : rule,
      ),
      categories: mapped(categories, (category) => ({ ...category, halfLife: category.halfLife * 2 })),
    },
  };
};

/** Fewer points, which fade faster, and no patterns. */
const strict = (policy: Policy): Policy => {
  const { rules, categories } = policy.scoring;
  return {
    ...policy,
    scoring: {
      ...policy.scoring,
      rules: rules.map((rule) =>
        rule.oncePer === 'asset' ? { ...rule, points: rule.points - 1, oncePer: 'month' } : rule,
      ),
      patterns: [],
      categories: mapped(categories, (category) => ({ ...category, halfLife: category.halfLife / 2 })),
    },
  };
};

const mapped = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
