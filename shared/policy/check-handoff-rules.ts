import { duplicates, problemIf, unknownName } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules } from './schema.ts';

/** Deadlines, tiers, reasons and routes fit together. */
export const checkHandoffRules = (policy: PolicyRules): readonly PolicyProblem[] => [
  ...checkCalendars(policy),
  ...checkDeadlines(policy),
  ...checkTiers(policy),
  ...checkReasons(policy),
  ...checkRoutes(policy),
];

const checkCalendars = ({ calendars }: PolicyRules): readonly PolicyProblem[] => [
  ...problemIf(Object.keys(calendars).length === 0, ['calendars'], 'is empty: deadlines need a calendar'),
  ...Object.entries(calendars).flatMap(([name, { open }]) => [
    ...problemIf(
      open.every(({ days }) => days.length === 0),
      ['calendars', name, 'open'],
      'is never open',
    ),
    ...open.flatMap(({ from, to }, i) =>
      problemIf(from === to, ['calendars', name, 'open', i], 'begins when it ends'),
    ),
  ]),
];

const checkDeadlines = ({ sla }: PolicyRules): readonly PolicyProblem[] =>
  (['normal', 'hot'] as const).flatMap((priority) =>
    (['accept', 'firstContact'] as const).flatMap((deadline) =>
      problemIf(
        sla[priority][deadline].from === 'accepted',
        ['sla', priority, deadline, 'from'],
        'must not wait for the answer: it would never pass for a lead that nobody accepts',
      ),
    ),
  );

const checkTiers = ({ sla: { tiers } }: PolicyRules): readonly PolicyProblem[] => {
  const path = ['sla', 'tiers'];
  const breaches = tiers.filter((tier) => tier.do === 'breach');
  return [
    ...duplicates(path, tiers, 'name'),
    ...problemIf(
      breaches.length !== 1 || breaches[0]?.percent !== 100 || breaches[0].only !== undefined,
      path,
      'must have exactly one tier that does breach, at percent 100, for all',
    ),
    ...tiers.flatMap((tier, i) => [
      ...problemIf(
        (tier.percent === undefined) === (tier.afterBreach === undefined),
        [...path, i],
        'needs either percent or afterBreach',
      ),
      ...problemIf(
        tier.do === 'remind' && (tier.percent ?? 100) >= 100,
        [...path, i, 'percent'],
        'must be below 100: a reminder comes before the deadline',
      ),
      ...problemIf(
        ['reassign', 'escalate', 'pull-back'].includes(tier.do) && (tier.percent ?? 101) <= 100,
        [...path, i, 'percent'],
        'must be above 100: it follows the breach',
      ),
    ]),
  ];
};

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
  ]),
];

const checkRoutes = ({ routing, segments }: PolicyRules): readonly PolicyProblem[] => {
  const known = new Set([...segments.map(({ name }) => name), 'unknown']);
  const last = routing.at(-1);
  return [
    ...duplicates(['routing'], routing, 'name'),
    ...problemIf(
      last === undefined || Object.keys(last.when).length > 0 || last.to.type !== 'team',
      ['routing', Math.max(0, routing.length - 1)],
      'must be for everybody (without when) and lead to a team: no lead stays unassigned',
    ),
    ...routing.flatMap((route, i) => [
      ...(route.when.segment ?? []).flatMap((name, j) =>
        unknownName(['routing', i, 'when', 'segment', j], name, known, 'segment'),
      ),
      ...problemIf(
        i < routing.length - 1 && Object.keys(route.when).length === 0,
        ['routing', i],
        'takes everybody: those after it are never reached',
      ),
    ]),
  ];
};
