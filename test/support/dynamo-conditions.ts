import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../infra/cli/costs/item-size.ts';

/** Text, number, or bytes in an order that is theirs. */
export const textOf = (value: AttributeValue | undefined): string =>
  value?.S ?? value?.N ?? (value?.B === undefined ? '' : Buffer.from(value.B).toString('latin1'));

/** Whether an expression holds: `a = :b` and the like, `a BETWEEN :b AND :c`, joined by AND; `attribute_not_exists(a)`. */
export const holds = (
  expression: string | undefined,
  item: Item | undefined,
  values: Record<string, AttributeValue> | undefined,
): boolean =>
  expression === undefined ||
  expression
    .replaceAll(/(\w+) BETWEEN (:\w+) AND (:\w+)/g, '$1 >= $2 AND $1 <= $3')
    .split(' AND ')
    .every((part) => {
      const absent = /^attribute_not_exists\((\w+)\)$/.exec(part)?.[1];
      if (absent !== undefined) return item?.[absent] === undefined;
      const [, name = '', operator = '', placeholder = ''] = /^(\w+) (=|<=|>=|<|>) (:\w+)$/.exec(part) ?? [];
      const value = values?.[placeholder];
      if (value === undefined) throw new TypeError(`it does not know the condition ${expression}`);
      return item?.[name] !== undefined && compare(operator, textOf(item[name]), textOf(value));
    });

const compare = (operator: string, a: string, b: string): boolean => {
  switch (operator) {
    case '=':
      return a === b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    default:
      return a > b;
  }
};
