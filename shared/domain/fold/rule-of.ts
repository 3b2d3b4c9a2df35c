import type { Policy, Rule } from '../../policy/schema.ts';
import type { Facet } from '../timeline.ts';
import { holds } from './condition.ts';
import { type IndexedRule, type ScoringIndex, scoringIndex } from './scoring-index.ts';

type Facets = Readonly<Record<string, Facet>>;
type Matched = Readonly<{ kind: string; facets?: Facets }>;

const none: Facets = {};

/** The one rule by which an engagement scores: the first that matches. */
export const ruleOf = (entry: Matched, policy: Policy): Rule | undefined =>
  ruleIn(scoringIndex(policy), entry)?.rule;

/** Whether that rule is an intent signal. */
export const isIntent = (entry: Matched, policy: Policy): boolean => {
  const index = scoringIndex(policy);
  return index.intentKinds.has(entry.kind) && ruleIn(index, entry)?.rule.intent === true;
};

/** The one rule, of an index. */
export const ruleIn = (
  { rulesOf }: Pick<ScoringIndex, 'rulesOf'>,
  { kind, facets = none }: Matched,
): IndexedRule | undefined => {
  for (const rule of rulesOf.get(kind) ?? []) if (matches(rule, facets)) return rule;
  return undefined;
};

const matches = ({ when }: IndexedRule, facets: Facets): boolean => {
  for (const condition of when) if (!holds(condition, facets[condition.property])) return false;
  return true;
};
