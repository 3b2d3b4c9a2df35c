import { Engine, type NestedCondition, type RuleProperties } from 'json-rules-engine';
import type { Condition, Rule } from '../../shared/policy/schema.ts';
import type { Delivery } from './mix.ts';

/** The same rules in json-rules-engine: matching only, as it keeps no state. Resolves with the number of the first match. */
export const rulesEngine = (
  rules: readonly Rule[],
): ((delivery: Delivery) => Promise<number | undefined>) => {
  const engine = new Engine(rules.map(ruleOf), { allowUndefinedFacts: true });
  engine.addOperator<string, string>(
    'startsWith',
    (fact, value) => typeof fact === 'string' && fact.startsWith(value),
  );
  engine.addOperator<unknown, boolean>('exists', (fact, value) => (fact !== undefined) === value);
  const order = new Map(rules.map(({ number }, i) => [String(number), i]));
  return async ({ detail: { kind, properties } }) => {
    const { events } = await engine.run({ ...properties, kind });
    const matched = events.map(({ type }) => order.get(type)!).sort((a, b) => a - b);
    return matched[0] === undefined ? undefined : rules[matched[0]]!.number;
  };
};

const ruleOf = ({ number, kind, when }: Rule): RuleProperties => ({
  event: { type: String(number) },
  conditions: { all: [{ fact: 'kind', operator: 'in', value: kind }, ...when.flatMap(conditionsOf)] },
});

/** None of the bench's rules turns a condition round. */
const conditionsOf = ({
  property: fact,
  equals,
  in: oneOf,
  prefix,
  range,
  exists,
}: Condition): NestedCondition[] => [
  ...(equals === undefined ? [] : [{ fact, operator: 'equal', value: equals }]),
  ...(oneOf === undefined ? [] : [{ fact, operator: 'in', value: oneOf }]),
  ...(prefix === undefined ? [] : [{ fact, operator: 'startsWith', value: prefix }]),
  ...(range?.min === undefined ? [] : [{ fact, operator: 'greaterThanInclusive', value: range.min }]),
  ...(range?.max === undefined ? [] : [{ fact, operator: 'lessThanInclusive', value: range.max }]),
  ...(exists === undefined ? [] : [{ fact, operator: 'exists', value: exists }]),
];
