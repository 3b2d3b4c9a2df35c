import { DAY } from '../domain/time.ts';
import type { Duration } from './duration.ts';
import { duplicates, problemIf } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules, Sla } from './schema.ts';

/** Calendars open, deadlines can be kept, and tiers follow each other. */
export const checkDeadlines = ({ calendars, sla }: PolicyRules): readonly PolicyProblem[] => [
  ...checkCalendars(calendars),
  ...checkWithin(sla),
  ...checkTiers(sla),
  ...checkPatience(sla),
];

const checkCalendars = (calendars: PolicyRules['calendars']): readonly PolicyProblem[] => [
  ...problemIf(Object.keys(calendars).length === 0, ['calendars'], 'is empty: deadlines need a calendar'),
  ...Object.entries(calendars).flatMap(([name, { open }]) => [
    ...problemIf(
      open.every(({ days }) => days.length === 0),
      ['calendars', name, 'open'],
      'is never open: deadlines would have no end',
    ),
    ...open.flatMap(({ from, to }, i) => [
      ...problemIf(from === to, ['calendars', name, 'open', i], 'begins when it ends: it is never open'),
      ...problemIf(
        from === '24:00',
        ['calendars', name, 'open', i, 'from'],
        'is the end of a day: write "00:00"',
      ),
    ]),
  ]),
];

const priorities = ['normal', 'hot'] as const;
const deadlines = ['accept', 'firstContact', 'qualify'] as const;

const checkWithin = (sla: Sla): readonly PolicyProblem[] => [
  ...priorities.flatMap((priority) => {
    const { accept, firstContact } = sla[priority];
    return [
      ...(['accept', 'firstContact'] as const).flatMap((deadline) =>
        problemIf(
          sla[priority][deadline].from === 'accepted',
          ['sla', priority, deadline, 'from'],
          'must not wait for the answer: it would never pass for a lead that nobody accepts',
        ),
      ),
      ...deadlines.flatMap((deadline) =>
        problemIf(
          isZero(sla[priority][deadline].within),
          ['sla', priority, deadline, 'within'],
          'must be above 0: nobody could keep it',
        ),
      ),
      ...problemIf(
        isLonger(accept.within, firstContact.within),
        ['sla', priority, 'firstContact', 'within'],
        'is shorter than that of accept: nobody calls a lead before taking it',
      ),
    ];
  }),
  ...deadlines.flatMap((deadline) =>
    problemIf(
      isLonger(sla.hot[deadline].within, sla.normal[deadline].within),
      ['sla', 'hot', deadline, 'within'],
      'is longer than the normal one: hot leads come first',
    ),
  ),
];

const isZero = (duration: Duration): boolean =>
  duration.type === 'business-days' ? duration.days === 0 : duration.ms === 0;

/** Whether the first certainly takes longer; what depends on opening hours is not judged. */
const isLonger = (one: Duration, other: Duration): boolean => {
  if (one.type === 'business-days' && other.type === 'business-days') return one.days > other.days;
  if (one.type === 'business' && other.type === 'business') return one.ms > other.ms;
  // Business time never takes less than the same by the clock.
  return other.type === 'clock' && atLeastMs(one) > other.ms;
};

const atLeastMs = (duration: Duration): number =>
  duration.type === 'business-days' ? Math.max(0, duration.days - 1) * DAY : duration.ms;

const checkPatience = ({ giveUntil, pause, contact }: Sla): readonly PolicyProblem[] => [
  ...problemIf(
    isZero(giveUntil.atMost),
    ['sla', 'giveUntil', 'atMost'],
    'must be above 0: a manager could give no time',
  ),
  ...problemIf(
    pause !== undefined && isZero(pause.atMost),
    ['sla', 'pause', 'atMost'],
    'must be above 0: leave pause out if nobody is to put anything off',
  ),
  ...problemIf(
    contact.counts.length === 0,
    ['sla', 'contact', 'counts'],
    'is empty: no contact would ever be the first',
  ),
];

const afterBreach = new Set(['reassign', 'escalate', 'pull-back']);

const checkTiers = ({ tiers, maxReassignments }: Sla): readonly PolicyProblem[] => {
  const path = ['sla', 'tiers'];
  const breaches = tiers.filter((tier) => tier.do === 'breach');
  const moving = tiers.find((tier) => tier.do === 'reassign');
  return [
    ...duplicates(path, tiers, 'name'),
    ...problemIf(
      breaches.length !== 1 || breaches[0]?.percent !== 100 || breaches[0].only !== undefined,
      path,
      'must have exactly one tier that does breach, at percent 100, for all',
    ),
    ...problemIf(
      moving !== undefined && maxReassignments === 0,
      ['sla', 'maxReassignments'],
      `is 0, but the tier ${moving?.name} reassigns: write 1 to 5, or leave the tier out`,
    ),
    ...tiers.flatMap((tier, i) => {
      const earlier = tiers.slice(0, i).find((other) => other.only === tier.only && comesAfter(other, tier));
      return [
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
          afterBreach.has(tier.do) && (tier.percent ?? 101) <= 100,
          [...path, i, 'percent'],
          'must be above 100: it follows the breach',
        ),
        ...problemIf(
          earlier !== undefined,
          [...path, i],
          `comes before ${earlier?.name}, which stands above it: list them in the order in which they happen`,
        ),
      ];
    }),
  ];
};

/** Of two by percent; those after the breach depend on the deadline's length. */
const comesAfter = (one: Sla['tiers'][number], other: Sla['tiers'][number]): boolean =>
  one.percent !== undefined && other.percent !== undefined && one.percent > other.percent;
