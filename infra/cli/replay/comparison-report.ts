import type { Comparison, StageChanges } from './compare-policies.ts';
import type { ReplayFigures } from './replay-figures.ts';
import { heading, table } from './tables.ts';

/** Two policies side by side, for people. */
export const comparisonReport = (
  base: ReplayFigures,
  other: ReplayFigures,
  { final, furthest }: Comparison,
): string =>
  [
    heading(`Policy ${base.policy} against ${other.policy}`),
    '',
    table(
      ['', 'policy', 'against'],
      [
        ['leads that became an MQL', base.funnel.all?.mqls ?? 0, other.funnel.all?.mqls ?? 0],
        ['MQLs a week', base.mqlsPerWeek.mean.toFixed(1), other.mqlsPerWeek.mean.toFixed(1)],
        ['MQLs in the fullest week', base.mqlsPerWeek.peak, other.mqlsPerWeek.peak],
        ['customers', base.funnel.all?.customers ?? 0, other.funnel.all?.customers ?? 0],
        ['deadlines missed', base.escalations.breached, other.escalations.breached],
        ['reassigned', base.escalations.reassigned, other.escalations.reassigned],
        ['escalated', base.escalations.escalated, other.escalations.escalated],
        ['pulled back', base.escalations.pulledBack, other.escalations.pulledBack],
      ],
    ),
    '',
    heading('Leads that would stand elsewhere at the end'),
    changesText(final),
    '',
    heading('Leads that would have come further, or less far'),
    changesText(furthest),
    '',
    heading('Load of sales: policy / against'),
    loadTable(base, other),
    '',
  ].join('\n');

const changesText = ({ leads, moves, first }: StageChanges): string =>
  leads === 0
    ? '  none'
    : [
        table(
          ['policy', 'against', 'leads'],
          moves.map((move) => [move.from, move.to, move.leads]),
          2,
        ),
        `  ${leads} in all. The first of them:`,
        ...first.map((name) => `    ${name}`),
      ].join('\n');

const loadTable = (base: ReplayFigures, other: ReplayFigures): string => {
  const reps = [...new Set([...base.load, ...other.load].map(({ rep }) => rep))].sort();
  return table(
    ['rep', 'offered', 'a week', 'most in a week', 'most open at once'],
    reps.map((rep) => {
      const [a, b] = [base, other].map(({ load }) => load.find((each) => each.rep === rep));
      const both = (pick: (load: ReplayFigures['load'][number]) => number) =>
        `${a === undefined ? 0 : pick(a)} / ${b === undefined ? 0 : pick(b)}`;
      return [
        rep,
        both(({ offered }) => offered.total),
        both(({ offered }) => offered.mean),
        both(({ offered }) => offered.peak),
        both(({ openPeak }) => openPeak),
      ];
    }),
  );
};
