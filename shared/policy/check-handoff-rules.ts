import { duplicates, problemIf, unknownName } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules, Route } from './schema.ts';

/** Reasons say what follows, and every lead finds a route. */
export const checkHandoffRules = (policy: PolicyRules): readonly PolicyProblem[] => [
  ...checkReasons(policy),
  ...checkRoutes(policy),
];

const checkReasons = ({ reject }: PolicyRules): readonly PolicyProblem[] => [
  ...duplicates(['reject'], reject, 'reason'),
  ...problemIf(reject.length === 0, ['reject'], 'is empty: rejecting needs a reason'),
  ...reject.flatMap((reason, i) => [
    ...problemIf(
      reason.do === 'recycle' && (reason.rest === undefined) !== reason.askUntil,
      ['reject', i],
      'recycles: it needs either rest or askUntil',
    ),
    ...problemIf(
      reason.do !== 'recycle' && (reason.rest !== undefined || reason.askUntil),
      ['reject', i],
      'does not recycle, so it has neither rest nor askUntil',
    ),
    ...problemIf(
      reason.do === 'reroute' && reason.from?.some((stage) => stage !== 'mql') === true,
      ['reject', i, 'from'],
      'must be [mql]: what was accepted is not passed on',
    ),
  ]),
];

const checkRoutes = ({ routing, segments }: PolicyRules): readonly PolicyProblem[] => {
  const known = new Set([...segments.map(({ name }) => name), 'unknown']);
  const last = routing.at(-1);
  return [
    ...duplicates(['routing'], routing, 'name'),
    ...problemIf(
      last === undefined || !takesEverybody(last) || last.to.type !== 'team',
      ['routing', Math.max(0, routing.length - 1)],
      'must be for everybody (without when) and lead to a team: no lead stays unassigned',
    ),
    ...routing.flatMap((route, i) => {
      const path = ['routing', i];
      const earlier = routing.slice(0, i).find((other) => isFinal(other) && takesAllOf(other, route));
      return [
        ...(route.when.segment ?? []).flatMap((name, j) =>
          unknownName([...path, 'when', 'segment', j], name, known, 'segment'),
        ),
        ...(['segment', 'country'] as const).flatMap((condition) =>
          problemIf(
            route.when[condition]?.length === 0,
            [...path, 'when', condition],
            'is empty: nobody fits, so leave it out or name some',
          ),
        ),
        ...problemIf(
          i < routing.length - 1 && takesEverybody(route),
          path,
          'takes everybody: those after it are never reached',
        ),
        ...problemIf(
          earlier !== undefined && !takesEverybody(earlier),
          path,
          `is never reached: ${earlier?.name} takes all of them before`,
        ),
      ];
    }),
  ];
};

const takesEverybody = ({ when }: Route): boolean => Object.keys(when).length === 0;

/** One that leads to a person is passed over where the roster does not know them. */
const isFinal = ({ to }: Route): boolean => to.type === 'team' || to.type === 'none';

/** Whether whoever fits the second fits the first as well. */
const takesAllOf = ({ when: wide }: Route, { when: narrow }: Route): boolean =>
  (['openDeal', 'customer', 'owned', 'colleagueHeld', 'language', 'intent'] as const).every(
    (condition) => wide[condition] === undefined || wide[condition] === narrow[condition],
  ) &&
  (['segment', 'country'] as const).every((condition) => {
    const [all, some] = [wide[condition], narrow[condition]];
    return all === undefined || (some?.length ? some.every((name) => all.includes(name)) : false);
  });
