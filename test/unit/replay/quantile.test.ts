import { expect, it } from 'vitest';
import { quantile } from '../../../infra/cli/replay/quantile.ts';

it.each<[readonly number[], number, number | undefined]>([
  [[], 0.5, undefined],
  [[7], 0.75, 7],
  [[1, 3], 0.5, 2],
  [[1, 2, 3], 0.5, 2],
  [[1, 2, 3, 4], 0.5, 2.5],
  [[1, 2, 3, 4], 0.75, 3.25],
  [[1, 2, 3, 4, 100], 0.75, 4],
  [[1, 2, 3, 4, 100], 1, 100],
  [[1, 2, 3, 4, 100], 0, 1],
])('of %j below which a share of %d lies: %s', (sorted, p, expected) => {
  expect(quantile(sorted, p)).toBe(expected);
});
