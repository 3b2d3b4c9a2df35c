import type { Policy, Segment } from '../../../shared/policy/schema.ts';
import { diffNamed } from './diff-named.ts';
import { listed } from './words.ts';

/** Which segment a lead belongs to; the first line that fits. */
export const describeSegments = ({ segments }: Policy): readonly string[] =>
  [
    ...segments.map((segment) => `${segment.name}: ${segmentWords(segment)}`),
    ...(segments.some((segment) => conditionsOf(segment).length === 0) ? [] : [`unknown: ${rest}`]),
  ].map((line, i) => `${i + 1}. ${line}.`);

/** Leads belong to other segments. */
export const diffSegments = ({ segments }: Policy, to: Policy): readonly string[] =>
  diffNamed(segments, to.segments, 'segment', ({ name }) => name, segmentWords).map(
    (line) => `${line}; leads are sorted by it from their next event on`,
  );

const rest = 'everybody else';

const segmentWords = (segment: Segment): string => {
  const conditions = conditionsOf(segment);
  return conditions.length === 0 ? rest : `a lead ${listed(conditions)}`;
};

const conditionsOf = ({ employees, industry, country, freeMail }: Segment): readonly string[] => [
  ...(employees === undefined ? [] : [`of a company with ${sizeWords(employees)}`]),
  ...(industry === undefined ? [] : [`of the industry ${listed(industry, 'or')}`]),
  ...(country === undefined ? [] : [`in ${listed(country, 'or')}`]),
  ...(freeMail === undefined ? [] : [`with ${freeMail ? 'a' : 'no'} free or disposable mailbox`]),
];

const sizeWords = ({ min, max }: NonNullable<Segment['employees']>): string => {
  if (min === undefined) return max === undefined ? 'a known number of employees' : `up to ${max} employees`;
  return max === undefined ? `${min} employees or more` : `${min} to ${max} employees`;
};
