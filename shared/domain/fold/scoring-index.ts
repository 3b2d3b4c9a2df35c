import { hash } from 'node:crypto';
import type { Pattern, Policy, Rule } from '../../policy/schema.ts';
import { type IndexedCondition, indexedCondition } from './condition.ts';

/** A category as a tally knows it, by its place. */
export type IndexedCategory = Readonly<{ name: string; halfLife: number; floor: number; cap: number }>;

/** A rule with what is asked of it for each engagement, always in the same shape. */
export type IndexedRule = Readonly<{
  rule: Rule;
  number: number;
  when: readonly IndexedCondition[];
  category: string;
  points: number;
  oncePer: Rule['oncePer'];
}>;

/** A policy's scoring, sorted by what is asked of it for each engagement. */
export type ScoringIndex = Readonly<{
  /** In the order in which a tally holds their sums. */
  categories: readonly IndexedCategory[];
  /** The place of a category in that order. */
  placeOf: ReadonlyMap<string, number>;
  rulesOf: ReadonlyMap<string, readonly IndexedRule[]>;
  /** Kinds of which some rule is an intent signal. */
  intentKinds: ReadonlySet<string>;
  /** Patterns in which a kind of engagement plays a part. */
  patternsOf: ReadonlyMap<string, readonly Pattern[]>;
  /** The properties that rules of a kind read, and the asset. */
  readOf: ReadonlyMap<string, ReadonlySet<string>>;
  zone: string;
  /** Names everything that a tally depends on. */
  key: string;
}>;

const indexes = new WeakMap<Policy, ScoringIndex>();
/** Asked for several times for each engagement, mostly of one policy. */
let latest: Readonly<{ policy: Policy; index: ScoringIndex }> | undefined;

/** Made once for each policy object: a policy does not change. */
export const scoringIndex = (policy: Policy): ScoringIndex => {
  if (latest?.policy === policy) return latest.index;
  const index = indexes.get(policy) ?? indexOf(policy);
  indexes.set(policy, index);
  latest = { policy, index };
  return index;
};

/** Two policies with the same key add the same engagements up to the same tally, and hear the same ones ask to talk. */
export const scoringKey = (policy: Policy): string => scoringIndex(policy).key;

const justAsset: ReadonlySet<string> = new Set(['asset']);

/** The properties that scoring reads of this kind of engagement, and the asset, which sales reads. */
export const readProperties = (kind: string, policy: Policy): ReadonlySet<string> =>
  scoringIndex(policy).readOf.get(kind) ?? justAsset;

const indexOf = (policy: Policy): ScoringIndex => {
  const { rules, patterns } = policy.scoring;
  const categories = Object.entries(policy.scoring.categories)
    .map(([name, { halfLife, floor, cap }]) => ({ name, halfLife, floor, cap }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const rulesOf = byKind(rules.map(indexedRule), ({ rule }) => rule.kind);
  return {
    categories,
    placeOf: new Map(categories.map(({ name }, i) => [name, i])),
    rulesOf,
    intentKinds: new Set(rules.flatMap(({ intent, kind }) => (intent ? kind : []))),
    patternsOf: byKind(patterns, ({ kind, type, followedBy }) =>
      type === 'then' && followedBy !== undefined ? [kind, followedBy] : [kind],
    ),
    readOf: new Map([...rulesOf].map(([kind, own]) => [kind, readBy(own)])),
    zone: policy.zone,
    key: keyOf(policy, categories),
  };
};

const readBy = (rules: readonly IndexedRule[]): ReadonlySet<string> =>
  new Set([...justAsset, ...rules.flatMap(({ when }) => when.map(({ property }) => property))]);

const indexedRule = (rule: Rule): IndexedRule => ({
  rule,
  number: rule.number,
  when: rule.when.map(indexedCondition),
  category: rule.category,
  points: rule.points,
  oncePer: rule.oncePer,
});

/** In the order given: the first rule that matches counts. */
const byKind = <T>(
  all: readonly T[],
  kindsOf: (one: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> => {
  const found = new Map<string, T[]>();
  for (const one of all)
    for (const kind of new Set(kindsOf(one))) found.set(kind, [...(found.get(kind) ?? []), one]);
  return found;
};

const keyOf = ({ scoring, zone }: Policy, categories: readonly IndexedCategory[]): string => {
  const depends = [
    scoring.rules.map(({ label: _, ...rule }) => rule),
    scoring.patterns.map(({ label: _, name: __, ...pattern }) => pattern),
    // Limits are applied when a tally is read.
    categories.map(({ name, halfLife }) => [name, halfLife]),
    zone,
  ];
  return hash('sha256', JSON.stringify(depends), 'hex').slice(0, 16);
};
