import type { Targets } from '../../../shared/policy/schema.ts';
import { percent, rounded } from './words.ts';

/** How many a month, from MQL to customer, if every goal is reached: 50, 15, 3, 0.6. */
export const targetChain = ({
  mqlPerMonth,
  mqlToSal,
  salToSql,
  sqlToCustomer,
}: Targets): readonly number[] => {
  const sal = mqlPerMonth * mqlToSal.goal;
  const sql = sal * salToSql.goal;
  return [mqlPerMonth, sal, sql, sql * sqlToCustomer.goal].map(rounded);
};

/** The chain, and what each step of it is agreed to be. */
export const describeTargets = (targets: Targets): readonly string[] => {
  const chain = targetChain(targets);
  const rates = [
    ['MQL', 'SAL', targets.mqlToSal],
    ['SAL', 'SQL', targets.salToSql],
    ['SQL', 'customer', targets.sqlToCustomer],
  ] as const;
  return [
    `${chain.join(' -> ')}: MQLs, SALs, SQLs and customers a month, if every goal is reached.`,
    ...rates.map(
      ([from, to, { goal, adviseBelow, minSample }]) =>
        `${from} to ${to}: ${percent(goal)}; look at the criteria below ${percent(adviseBelow)}, from ${minSample} cases on.`,
    ),
  ];
};
