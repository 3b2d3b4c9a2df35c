import { describe, expect, it } from 'vitest';
import { completes } from '../../../shared/domain/fold/pattern-time.ts';
import type { Pattern } from '../../../shared/policy/schema.ts';
import { aTimeline, type Happening } from '../../support/scoring-timelines.ts';
import { day } from '../../support/scoring-world.ts';

const pattern = (overrides: Partial<Pattern>): Pattern => ({
  number: 1,
  name: 'p',
  type: 'days',
  kind: 'seen',
  atLeast: 3,
  within: 7 * 86_400_000,
  category: 'website',
  points: 5,
  label: { en: 'p', de: 'p' },
  ...overrides,
});

const then = pattern({ type: 'then', followedBy: 'asked' });
const distinct = pattern({ type: 'distinct' });

describe('a pattern is complete', () => {
  it.each<[string, Pattern, Happening[], number | undefined]>([
    [
      'on the third day',
      pattern({}),
      [
        [0, 'seen'],
        [1, 'seen'],
        [2.5, 'seen'],
        [3, 'seen'],
      ],
      2.5,
    ],
    [
      'not by three visits on two days',
      pattern({}),
      [
        [0, 'seen'],
        [0.5, 'seen'],
        [1, 'seen'],
      ],
      undefined,
    ],
    [
      'not when the window is over',
      pattern({}),
      [
        [0, 'seen'],
        [1, 'seen'],
        [7, 'seen'],
      ],
      undefined,
    ],
    [
      'in a later window',
      pattern({}),
      [
        [0, 'seen'],
        [1, 'seen'],
        [7, 'seen'],
        [7.9, 'seen'],
        [8.5, 'seen'],
        [9, 'seen'],
      ],
      9,
    ],
    [
      'with the third asset',
      distinct,
      [
        [0, 'seen', 'a'],
        [1, 'seen', 'a'],
        [2, 'seen', 'b'],
        [3, 'seen', 'c'],
      ],
      3,
    ],
    [
      'not by what has no asset',
      distinct,
      [
        [0, 'seen', 'a'],
        [1, 'seen'],
        [2, 'seen', 'b'],
      ],
      undefined,
    ],
    [
      'when a value is seen again in time',
      distinct,
      [
        [0, 'seen', 'a'],
        [6, 'seen', 'a'],
        [7, 'seen', 'b'],
        [8, 'seen', 'c'],
      ],
      8,
    ],
    [
      'when one follows the other',
      then,
      [
        [0, 'asked'],
        [1, 'seen'],
        [2, 'asked'],
      ],
      2,
    ],
    [
      'not when it follows too late',
      then,
      [
        [0, 'seen'],
        [7, 'asked'],
      ],
      undefined,
    ],
    [
      'not at the same time',
      then,
      [
        [1, 'seen'],
        [1, 'asked'],
      ],
      undefined,
    ],
    [
      'at the same time as another, if one was before',
      then,
      [
        [0, 'seen'],
        [1, 'seen'],
        [1, 'asked'],
      ],
      1,
    ],
    [
      'not in the wrong order',
      then,
      [
        [0, 'asked'],
        [1, 'seen'],
      ],
      undefined,
    ],
  ])('%s', (_, given, happenings, completeOn) => {
    const found = completes(given, aTimeline(...happenings), 'UTC')?.at;
    expect(found).toBe(completeOn === undefined ? undefined : Date.parse(day(completeOn)));
  });
});
