import { resolvePlan } from '../../../shared/domain/deadline-plan.ts';
import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import { addDays, epochAt, localTimeOf, weekdayOf } from '../../../shared/domain/zoned-time.ts';
import type { Policy, Sla, Tier } from '../../../shared/policy/schema.ts';
import { clockTime, counted, durationWords, listed, localMoment } from './words.ts';

const purposes = {
  accept: 'to be accepted or rejected',
  firstContact: 'to be contacted',
  qualify: 'to be qualified',
} as const;
const putOffWords = { firstContact: 'first contact', qualify: 'qualification' } as const;
const fromWords = { mql: 'becoming an MQL', inquiry: 'the inquiry', accepted: 'being accepted' } as const;
const deadlines = ['accept', 'firstContact', 'qualify'] as const;
const priorities = ['normal', 'hot'] as const;

/** By when sales answers, and what happens if nobody does. `now` chooses the date of the examples. */
export const describeDeadlines = (policy: Policy, now: Instant): readonly string[] => {
  const { sla } = policy;
  return [
    ...priorities.map(
      (priority) =>
        `A ${priority} lead has ${deadlines.map((name) => deadlineWords(name, sla[priority][name])).join(', ')}.`,
    ),
    `An inquiry older than ${clockTime(sla.hotNotOlderThan)} when it arrives counts as normal.`,
    'If nobody answers:',
    ...sla.tiers.map((tier) => `  ${tierWords(tier)}`),
    `A lead is reassigned at most ${counted(sla.maxReassignments, 'time')}; then the manager holds it.`,
    `A manager can give each of its holders more time once, at most ${durationWords(sla.giveUntil.atMost)}.`,
    pauseWords(sla),
    contactWords(sla),
    `Breaches of one manager within ${clockTime(sla.digestAfter)} are one mail; hot ones never wait.`,
    'For example:',
    ...priorities.flatMap((priority) => examplePlan(policy, priority, now).map((line) => `  ${line}`)),
  ];
};

const pauseWords = ({ pause }: Sla): string =>
  pause === undefined
    ? 'No deadline can be put off.'
    : `Whoever has accepted can put off ${pause.deadlines.map((name) => putOffWords[name]).join(' and ')} once, with a reason, by at most ${durationWords(pause.atMost)}.`;

const contactNames = { call: 'a call', email: 'a mail by the rep', meeting: 'a meeting' } as const;

const contactWords = ({ contact: { counts, attempts, over } }: Sla): string =>
  `A contact is ${listed(
    counts.map((kind) => contactNames[kind]),
    'or',
  )}; what a machine sends stops no clock. A lead has not answered after ${counted(attempts, 'attempt')}, the first of them ${durationWords(over)} ago.`;

/** `1 business day from becoming an MQL to be accepted or rejected` */
export const deadlineWords = (
  name: (typeof deadlines)[number],
  { within, from }: Sla['normal']['accept'],
): string => `${durationWords(within)} from ${fromWords[from]} ${purposes[name]}`;

const actWords: Readonly<Record<Tier['do'], string>> = {
  remind: 'the rep is reminded',
  breach: 'the deadline is broken: the manager is told',
  reassign: 'a colleague gets the lead',
  escalate: "the manager's manager is told",
  'pull-back': 'the lead goes back to marketing as unworked; whoever asked to talk stays with the manager',
};

/** `at 50% of the time (normal only): the rep is reminded` */
export const tierWords = ({ percent, afterBreach, do: act, only }: Tier): string => {
  const when =
    percent === undefined
      ? `${afterBreach === undefined ? 'at once' : durationWords(afterBreach)} after the deadline`
      : `at ${percent}% of the time`;
  return `${when}${only === undefined ? '' : ` (${only} only)`}: ${actWords[act]}`;
};

const examplePlan = (policy: Policy, priority: 'normal' | 'hot', now: Instant): readonly string[] => {
  const [name, calendar] = Object.entries(policy.calendars)[0] ?? [];
  if (name === undefined || calendar === undefined) return [];
  const mql = fridayAfternoon(now, calendar.zone);
  const { accept, firstContact } = resolvePlan(
    { sla: policy.sla, priority, calendar },
    { mql, inquiry: mql },
  );
  const say = (instant: Instant) => localMoment(instant, calendar.zone);
  return [
    `a ${priority} lead that becomes an MQL on ${say(mql)} (calendar ${name}):`,
    ...(accept?.tiers ?? []).map(({ name: tier, at }) => `  ${say(at)}  ${tier}`),
    ...(firstContact === undefined ? [] : [`  ${say(firstContact.dueAt)}  first contact is due`]),
  ];
};

/** The next Friday from `now` on, at 16:00: shortly before a weekend deadlines show what they count. */
const fridayAfternoon = (now: Instant, zone: string): Instant => {
  const { date } = localTimeOf(zone, Date.parse(now));
  const days = [0, 1, 2, 3, 4, 5, 6].find((ahead) => weekdayOf(addDays(date, ahead)) === 'fri') ?? 0;
  return instantOf(epochAt(zone, { date: addDays(date, days), ms: 16 * 3_600_000 }));
};
