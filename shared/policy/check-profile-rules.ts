import { duplicates, problemIf, unknownName } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules, Segment } from './schema.ts';

/** Segments, fit and exclusions fit together. */
export const checkProfileRules = (policy: PolicyRules): readonly PolicyProblem[] => [
  ...checkSegments(policy),
  ...checkFit(policy),
  ...checkExclusions(policy),
];

const checkSegments = ({ segments }: PolicyRules): readonly PolicyProblem[] => [
  ...duplicates(['segments'], segments, 'name'),
  ...segments.flatMap((segment, i) => {
    const earlier = segments.slice(0, i).findIndex((other) => holds(other, segment));
    return [
      ...problemIf(
        segment.name === 'unknown',
        ['segments', i, 'name'],
        'is the name of those who are in no segment: choose another',
      ),
      ...problemIf(
        (segment.employees?.min ?? 0) > (segment.employees?.max ?? Infinity),
        ['segments', i, 'employees'],
        'has min above max: no company is of that size',
      ),
      ...(['industry', 'country'] as const).flatMap((condition) =>
        problemIf(
          segment[condition]?.length === 0,
          ['segments', i, condition],
          'is empty: nobody is in it, so leave it out or name some',
        ),
      ),
      ...problemIf(
        earlier >= 0,
        ['segments', i],
        `is never reached: all of them are in ${segments[earlier]?.name} (entry ${earlier + 1}) before`,
      ),
    ];
  }),
];

/** Whether everybody of the second is in the first. */
const holds = (wide: Segment, narrow: Segment): boolean =>
  (wide.freeMail === undefined || wide.freeMail === narrow.freeMail) &&
  holdsAll(wide.industry, narrow.industry) &&
  holdsAll(wide.country, narrow.country) &&
  (wide.employees === undefined ||
    (narrow.employees !== undefined &&
      (wide.employees.min ?? 0) <= (narrow.employees.min ?? 0) &&
      (wide.employees.max ?? Infinity) >= (narrow.employees.max ?? Infinity)));

/** Whether a list lets through all that another one does. */
const holdsAll = (all: readonly string[] | undefined, some: readonly string[] | undefined): boolean =>
  all === undefined || (some?.length ? some.every((name) => all.includes(name)) : false);

const traits = ['industry', 'role', 'region', 'ageBand'] as const;

const checkFit = ({ segments, scoring: { fit } }: PolicyRules): readonly PolicyProblem[] => {
  const known = new Set([...segments.map(({ name }) => name), 'unknown']);
  return [
    ...Object.keys(fit.segment).flatMap((name) =>
      unknownName(['scoring', 'fit', 'segment', name], name, known, 'segment'),
    ),
    ...traits.flatMap((trait) => {
      const taken = new Map<string, string>();
      return Object.entries(fit[trait] ?? {}).flatMap(([band, { of }]) => {
        const path = ['scoring', 'fit', trait, band, 'of'];
        const twice = of.flatMap((name, i) =>
          problemIf(
            taken.has(name),
            [...path, i],
            `is ${name}, which ${taken.get(name)} has already: the first band decides`,
          ),
        );
        for (const name of of) taken.set(name, band);
        return [...problemIf(of.length === 0, path, 'is empty: nobody is in it'), ...twice];
      });
    }),
  ];
};

/** Nobody earns points for what excludes them. */
const checkExclusions = ({ exclude, scoring: { fit }, routing }: PolicyRules): readonly PolicyProblem[] => {
  const contradiction = (
    list: 'industries' | 'roles' | 'unservedCountries',
    trait: 'industry' | 'role' | 'region',
  ): readonly PolicyProblem[] =>
    exclude[list].flatMap((name, i) => {
      const band = Object.entries(fit[trait]).find(
        ([, { points, of }]) => points > 0 && of.includes(name.toLowerCase()),
      )?.[0];
      return problemIf(
        band !== undefined,
        ['exclude', list, i],
        `is ${name}, which earns points as scoring.fit.${trait}.${band}: take it out of one of them`,
      );
    });
  return [
    ...contradiction('industries', 'industry'),
    ...contradiction('roles', 'role'),
    ...contradiction('unservedCountries', 'region'),
    ...routing.flatMap(({ when }, i) =>
      (when.country ?? []).flatMap((country, j) =>
        problemIf(
          exclude.unservedCountries.includes(country),
          ['routing', i, 'when', 'country', j],
          `is ${country}, which exclude.unservedCountries keeps from ever being routed`,
        ),
      ),
    ),
  ];
};
