import { problemIf } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules } from './schema.ts';

/** Advice comes before a goal is reached, not after. */
export const checkTargets = ({ targets }: PolicyRules): readonly PolicyProblem[] =>
  (['mqlToSal', 'salToSql', 'sqlToCustomer'] as const).flatMap((rate) => [
    ...problemIf(targets[rate].goal <= 0, ['targets', rate, 'goal'], 'must be above 0%'),
    ...problemIf(
      targets[rate].adviseBelow >= targets[rate].goal,
      ['targets', rate, 'adviseBelow'],
      'must be below goal: whoever reaches it needs no advice',
    ),
  ]);
