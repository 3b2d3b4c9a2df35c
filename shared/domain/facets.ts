import type { EngagementRecorded } from '../events/inbound.ts';
import type { Policy } from '../policy/schema.ts';
import { ruleOf } from './fold/rule-of.ts';

export type Facets = Readonly<Record<string, string | number | boolean>>;

/** Long enough for the name of an asset or an answer; a timeline is no archive. */
const longestText = 300;
const mostAnswers = 20;
const answerPrefix = 'form.';

/**
 * The properties that a timeline keeps: the asset, what rules of this kind read, and what the lead wrote into a form.
 * Form fields are those named `form.*`, and for an engagement that asks to talk all of its properties.
 */
export const facetsOf = ({ kind, properties = {} }: EngagementRecorded, policy: Policy): Facets => {
  const read = readProperties(kind, policy);
  const asks = ruleOf({ kind, facets: properties }, policy.scoring.rules)?.intent === true;
  const entries = Object.entries(properties);
  const scored = entries.filter(([name]) => read.has(name));
  const answers = entries
    .filter(([name]) => !read.has(name) && (name.startsWith(answerPrefix) || asks))
    .slice(0, mostAnswers)
    .map(([name, value]) => [name.startsWith(answerPrefix) ? name : answerPrefix + name, value] as const);
  return Object.fromEntries([...scored, ...answers].map(([name, value]) => [name, bounded(value)]));
};

/** Of an entry's facets what the lead wrote, by the name of the field. */
export const answersOf = (facets: Facets = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(facets)
      .filter(([name]) => name.startsWith(answerPrefix))
      .map(([name, value]) => [name.slice(answerPrefix.length), String(value)]),
  );

/** Properties that rules of this kind read, and the asset. */
export const readProperties = (kind: string, { scoring: { rules } }: Policy): ReadonlySet<string> =>
  new Set([
    'asset',
    ...rules.filter((rule) => rule.kind.includes(kind)).flatMap(({ when }) => when.map((c) => c.property)),
  ]);

const bounded = (value: string | number | boolean) =>
  typeof value === 'string' ? value.slice(0, longestText) : value;
