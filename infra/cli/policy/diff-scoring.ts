import type { Pattern, Policy, Rule } from '../../../shared/policy/schema.ts';
import { compareEntries, findChanges } from './find-changes.ts';
import { changeWords } from './value-words.ts';
import { counted, listed, rounded } from './words.ts';

/** Leads are not touched by a publish. */
const later = 'leads scored by it move at their next event';

/** What earns other points than before. */
export const diffScoring = (from: Policy, to: Policy): readonly string[] => {
  const { rules, patterns, ...rest } = from.scoring;
  const { rules: rulesNow, patterns: patternsNow, ...restNow } = to.scoring;
  return [
    ...diffRules(rules, rulesNow),
    ...diffPatterns(patterns, patternsNow),
    ...findChanges(rest, restNow, ['scoring']).map((change) => `${changeWords(change)}; ${later}`),
  ];
};

const kindsOf = ({ kind }: Rule): string => listed(kind, 'or');

const diffRules = (from: readonly Rule[], to: readonly Rule[]): readonly string[] => {
  const { added, removed, changed, reordered } = compareEntries(from, to, ({ number }) => number);
  return [
    ...added.map(
      (rule) => `${kindsOf(rule)} earns ${counted(rule.points, 'point')} (new rule ${rule.number}); ${later}`,
    ),
    ...removed.map(
      (rule) =>
        `${kindsOf(rule)} earns nothing any more by rule ${rule.number}, ${counted(rule.points, 'point')} until now; ${later}`,
    ),
    ...changed.flatMap(({ from: before, to: after }) =>
      findChanges(before, after).map((change) =>
        change.path[0] === 'points'
          ? `${kindsOf(after)} earns ${counted(after.points, 'point')} instead of ${rounded(before.points)}; ${later}`
          : `${kindsOf(after)} (rule ${after.number}): ${changeWords(change)}${change.path[0] === 'label' ? '' : `; ${later}`}`,
      ),
    ),
    ...(reordered ? ['the rules have another order: the first that matches scores'] : []),
  ];
};

const diffPatterns = (from: readonly Pattern[], to: readonly Pattern[]): readonly string[] => {
  const { added, removed, changed, reordered } = compareEntries(from, to, ({ number }) => number);
  return [
    ...added.map(({ name, points }) => `${name} earns ${counted(points, 'point')} (new pattern); ${later}`),
    ...removed.map(
      ({ name, points }) => `${name} earns nothing any more, ${counted(points, 'point')} until now; ${later}`,
    ),
    ...changed.flatMap(({ from: before, to: after }) =>
      findChanges(before, after).map((change) =>
        change.path[0] === 'points'
          ? `${after.name} earns ${counted(after.points, 'point')} instead of ${rounded(before.points)}; ${later}`
          : `the pattern ${after.name}: ${changeWords(change)}; ${later}`,
      ),
    ),
    ...(reordered ? ['the patterns have another order, which changes no score'] : []),
  ];
};
