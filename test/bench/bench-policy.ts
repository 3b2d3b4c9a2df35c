import { loadPolicy } from '../../shared/policy/load-policy.ts';
import { bundleOf } from '../../shared/policy/policy-bundle.ts';
import type { Rule } from '../../shared/policy/schema.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';

const ruleCount = 50;

/** Kinds that rules with conditions are about, and the paths of pages that they tell apart. */
const paths = [
  'docs',
  'blog',
  'product',
  'security',
  'integrations',
  'partners',
  'customers',
  'events',
  'about',
];

/** The policy that ships, with rules that read properties put before its own until there are 50. */
export const benchPolicy = async (): Promise<PublishedPolicy> => {
  const policy = await loadPolicy({ year: 2026 });
  const own = policy.scoring.rules;
  const more = Array.from({ length: ruleCount - own.length }, (_, i) => ruleWithConditions(i, 100 + i));
  const published = { ...policy, scoring: { ...policy.scoring, rules: [...more, ...own] } };
  return { hash: bundleOf(published).hash, sequence: 1, policy: published };
};

const ruleWithConditions = (i: number, number: number): Rule => {
  const path = paths[i % paths.length]!;
  const when = [
    [
      { property: 'path', prefix: `/${path}/`, not: false },
      { property: 'seconds', range: { min: 30 + 10 * i }, not: false },
    ],
    [{ property: 'path', equals: `/${path}`, not: false }],
    [
      { property: 'campaign', in: [`spring-${i}`, `autumn-${i}`], not: false },
      { property: 'path', exists: true, not: false },
    ],
  ][i % 3]!;
  return {
    number,
    kind: i % 3 === 2 ? ['email-clicked', 'page-viewed'] : ['page-viewed'],
    when,
    category: 'website',
    points: 1 + (i % 4),
    oncePer: 'day',
    intent: false,
    label: { en: `bench rule ${number}`, de: `Messregel ${number}` },
  };
};
