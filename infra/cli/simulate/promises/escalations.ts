import {
  type DeadlineName,
  type DeadlinePlan,
  deadlineNames,
  type Handoff,
} from '../../../../shared/domain/handoff.ts';
import { type Instant, later, latest, MINUTE } from '../../../../shared/domain/time.ts';
import type { PlayedSeed } from '../play-seed.ts';
import type { Broken } from './broken.ts';
import { handoffsOf, statesOf, type Told, toldOf } from './outcome.ts';

/** No tick for an hour, and messages that fail until they are spared: later than this nobody can be. */
const slackMs = 100 * MINUTE;

type TierFact = Told<'HandoffReminded' | 'HandoffBreached' | 'HandoffEscalated' | 'HandoffReassigned'>;
type EndFact = Told<
  | 'HandoffAccepted'
  | 'HandoffRejected'
  | 'HandoffContacted'
  | 'HandoffQualified'
  | 'HandoffPulledBack'
  | 'HandoffWithdrawn'
>;

/** Promise 4: each tier once, in time, and none after the answer; and people hear of it. */
export const escalationPromises = (played: PlayedSeed): Broken[] => {
  const tiers = Map.groupBy(
    toldOf(played, 'HandoffReminded', 'HandoffBreached', 'HandoffEscalated', 'HandoffReassigned'),
    ({ fact }) => fact.handoffId,
  );
  const ends = Map.groupBy(
    toldOf(
      played,
      'HandoffAccepted',
      'HandoffRejected',
      'HandoffContacted',
      'HandoffQualified',
      'HandoffPulledBack',
      'HandoffWithdrawn',
    ),
    ({ fact }) => fact.handoffId,
  );
  return [
    ...[...handoffsOf(played).values()].flatMap((handoff) =>
      ofHandoff(played, handoff, tiers.get(handoff.id) ?? [], ends.get(handoff.id) ?? []),
    ),
    ...untold(played),
  ];
};

const ofHandoff = (
  played: PlayedSeed,
  handoff: Handoff,
  tiers: readonly TierFact[],
  ends: readonly EndFact[],
): Broken[] => [
  ...deadlineNames.flatMap((name) => ofDeadline(played, handoff, name, tiers, ends)),
  ...twice(handoff, tiers, played),
];

/** What ends a deadline: the answer to it, or the end of the handoff. */
const endOf = (name: DeadlineName, ends: readonly EndFact[]): EndFact | undefined =>
  ends.find(({ fact: { type } }) => {
    if (type === 'HandoffAccepted') return name === 'accept';
    return type === 'HandoffContacted' ? name === 'firstContact' : true;
  });

const ofDeadline = (
  played: PlayedSeed,
  { id, plan, openedAt, acceptedAt, status, outcome }: Handoff,
  name: DeadlineName,
  tiers: readonly TierFact[],
  ends: readonly EndFact[],
): Broken[] => {
  const planned = plan[name];
  const { endAt } = played;
  // One that only changes its priority moves no deadline.
  const replans = toldOf(played, 'HandoffReplanned').filter(
    ({ fact }) => fact.handoffId === id && fact.priority === 'hot' && fact.acceptBy !== undefined,
  );
  if (planned === undefined || outcome?.type === 'none') return [];
  const broken: Broken[] = [];
  const end = endOf(name, ends);
  const own = tiers.filter(({ fact }) => fact.deadline === name);
  const breaches = own.filter(({ fact }) => fact.type === 'HandoffBreached');
  const endedAt = end?.fact.at ?? endAt;
  // One that was made earlier after its end had not passed before.
  const replanned = end !== undefined && replans.some(({ place }) => place > end.place);
  const passed = planned.dueAt <= endedAt && !replanned && (name !== 'qualify' || acceptedAt !== undefined);
  if (passed && breaches.length === 0)
    broken.push({
      promise: 'missedEscalations',
      text: `${id} (${status}) passed ${name} at ${planned.dueAt} untold`,
    });
  // An answer that was heard in time may be saved after the deadline, and a tick come in between.
  if (!replanned && breaches.length > 0 && (end?.at ?? endAt) < planned.dueAt)
    broken.push({ promise: 'alarmsAfterAnswer', text: `${id} has a breach of ${name}, which was kept` });
  for (const { fact } of breaches) {
    const possibleFrom = latest(fact.dueAt, openedAt, acceptedAt ?? openedAt, ...replans.map(({ at }) => at));
    if (fact.at > later(possibleFrom, slackMs))
      broken.push({
        promise: 'missedEscalations',
        text: `${id} breached ${name} at ${fact.at}, due ${fact.dueAt}`,
      });
  }
  if (isUnescalated(planned, own, openedAt, endedAt))
    broken.push({ promise: 'missedEscalations', text: `${id} was never told to the next manager` });
  for (const { fact, place } of own)
    if (end !== undefined && place > end.place)
      broken.push({
        promise: 'alarmsAfterAnswer',
        text: `${fact.type} of ${id} (${name}) after ${end.fact.type}`,
      });
  return broken;
};

/** The next manager had to hear of it long before it ended, and did not. */
const isUnescalated = (
  { tiers }: DeadlinePlan,
  told: readonly TierFact[],
  openedAt: Instant,
  endedAt: Instant,
): boolean => {
  const next = tiers.find((tier) => tier.do === 'escalate');
  return (
    next !== undefined &&
    told.every(({ fact }) => fact.type !== 'HandoffEscalated') &&
    later(latest(next.at, openedAt), slackMs) < endedAt
  );
};

/** Those of a holder come once an assignment, the others once. */
const keyOf = ({ fact }: TierFact): readonly string[] => {
  if (fact.type === 'HandoffReminded') return [`${fact.deadline} ${fact.tier} ${fact.assignment}`];
  return fact.type === 'HandoffReassigned'
    ? [`${fact.type} ${fact.assignment}`]
    : [`${fact.deadline} ${fact.type}`];
};

const twice = ({ id }: Handoff, tiers: readonly TierFact[], { policy }: PlayedSeed): Broken[] => {
  const counts = new Map<string, number>();
  for (const key of tiers.flatMap(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const unanswered = tiers.filter(
    ({ fact }) => fact.type === 'HandoffReassigned' && fact.reason === 'unanswered',
  ).length;
  // A manager may give it to a rep again, who is not left with it either.
  const given = tiers.filter(
    ({ fact }) => fact.type === 'HandoffReassigned' && fact.reason === 'manager',
  ).length;
  const most = policy.policy.sla.maxReassignments + 1 + given;
  return [
    ...[...counts].flatMap(([key, count]): Broken[] =>
      count === 1 ? [] : [{ promise: 'doubleEscalations', text: `${id}: ${key} was told ${count} times` }],
    ),
    ...(unanswered > most
      ? [{ promise: 'doubleEscalations' as const, text: `${id} was taken away ${unanswered} times` }]
      : []),
  ];
};

/** Breaches and escalations are never outdated: somebody was told of each. */
const untold = (played: PlayedSeed): Broken[] => {
  const notices = statesOf<{ done: readonly string[] }>(played.system.tables.notices, 'notice');
  return toldOf(played, 'HandoffBreached', 'HandoffEscalated').flatMap(({ fact }): Broken[] => {
    const done = notices.get(fact.factId)?.done ?? [];
    return done.includes('chat') && done.length >= 3
      ? []
      : [{ promise: 'missedEscalations', text: `nobody heard of ${fact.type} ${fact.factId}` }];
  });
};
