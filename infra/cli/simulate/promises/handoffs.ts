import type { Handoff, LeadHandoffs } from '../../../../shared/domain/handoff.ts';
import { HOUR, later } from '../../../../shared/domain/time.ts';
import type { FactOf } from '../../../../shared/events/facts.ts';
import type { PlayedSeed } from '../play-seed.ts';
import type { Broken } from './broken.ts';
import { mergedNames } from './merged-names.ts';
import { handoffsOf, leadsOf, liveLeadsOf, statesOf, type Told, toldOf } from './outcome.ts';

const other = (text: string): Broken => ({ promise: 'other', text });

/** Every MQL has a handoff, a lead at most one at a time, loads are what is held, and leads follow the answers. */
export const handoffPromises = (played: PlayedSeed): Broken[] => [
  ...mqls(played),
  ...currents(played),
  ...loads(played),
  ...overlaps(played),
  ...followed(played),
];

/** A lead that stays an MQL for so long has got a handoff, whatever went wrong. */
const patienceMs = 3 * HOUR;

const mqls = (played: PlayedSeed): Broken[] => {
  const handoffs = [...handoffsOf(played).values()];
  const moves = toldOf(played, 'LeadStageChanged');
  const { final } = mergedNames(played);
  return moves.flatMap(({ fact, at, place }): Broken[] => {
    if (fact.to !== 'mql') return [];
    const isSame = (leadId: string) => final(leadId) === final(fact.leadId);
    const next = moves.find((move) => isSame(move.fact.leadId) && move.place > place);
    if ((next?.at ?? played.endAt) < later(at, patienceMs)) return [];
    const until = next?.at ?? played.endAt;
    const own = handoffs.some(
      ({ leadId, mqlAt, openedAt }) => isSame(leadId) && mqlAt >= fact.at && openedAt <= until,
    );
    return own ? [] : [other(`${fact.leadId} became an MQL by ${fact.factId} and has no handoff`)];
  });
};

const currents = (played: PlayedSeed): Broken[] => {
  const items = statesOf<LeadHandoffs>(played.system.tables.sales, 'lead-handoffs');
  const held = Map.groupBy(
    [...handoffsOf(played).values()].filter(({ status }) => status !== 'closed'),
    ({ leadId }) => leadId,
  );
  return [...new Set([...items.keys(), ...held.keys()])].flatMap((leadId) => {
    const own = held.get(leadId) ?? [];
    if (own.length > 1) return [other(`${leadId} has ${own.length} handoffs at a time`)];
    const current = items.get(leadId)?.current;
    return current === own[0]?.id
      ? []
      : [other(`${leadId} is said to have ${current}, and has ${own[0]?.id}`)];
  });
};

const loads = (played: PlayedSeed): Broken[] => {
  const kept = statesOf<{ loads: Readonly<Record<string, number>> }>(
    played.system.tables.sales,
    'team-loads',
  );
  const counted = new Map<string, number>();
  for (const { status, team, holder } of handoffsOf(played).values())
    if (status !== 'closed' && holder !== undefined)
      counted.set(`${team} ${holder}`, (counted.get(`${team} ${holder}`) ?? 0) + 1);
  for (const [team, { loads: ofTeam }] of kept)
    for (const [holder, load] of Object.entries(ofTeam))
      counted.set(`${team} ${holder}`, (counted.get(`${team} ${holder}`) ?? 0) - load);
  return [...counted].flatMap(([who, difference]) =>
    difference === 0 ? [] : [other(`the load of ${who} is wrong by ${-difference}`)],
  );
};

/** Also on the way no lead had two at a time. */
const overlaps = (played: PlayedSeed): Broken[] => {
  const open = new Map<string, string>();
  const broken: Broken[] = [];
  for (const { fact } of toldOf(
    played,
    'HandoffOpened',
    'HandoffMoved',
    'HandoffRejected',
    'HandoffQualified',
    'HandoffPulledBack',
    'HandoffWithdrawn',
  )) {
    const { leadId, handoffId } = fact;
    const before = open.get(leadId);
    if (fact.type === 'HandoffOpened') {
      if (fact.none !== undefined) continue;
      if (before !== undefined) broken.push(other(`${leadId} got ${handoffId} while it had ${before}`));
      open.set(leadId, handoffId);
    } else if (fact.type === 'HandoffMoved') {
      if (before !== undefined) broken.push(other(`${leadId} got ${handoffId} while it had ${before}`));
      if (open.get(fact.from) === handoffId) open.delete(fact.from);
      open.set(leadId, handoffId);
    } else if (before === handoffId) open.delete(leadId);
  }
  return broken;
};

type Answer = FactOf<'HandoffAccepted' | 'HandoffRejected' | 'HandoffQualified' | 'HandoffPulledBack'>;

/** Where a lead goes that follows this answer; none: it stays. */
const targets = (fact: Answer, { policy: { policy } }: PlayedSeed): readonly string[] => {
  switch (fact.type) {
    case 'HandoffAccepted':
      return ['sal'];
    case 'HandoffQualified':
      return ['sql'];
    case 'HandoffPulledBack':
      return ['recycled'];
    case 'HandoffRejected': {
      const act = policy.reject.find(({ reason }) => reason === fact.reason)?.do;
      if (act === 'reroute') return [];
      return [act === 'disqualify' ? 'disqualified' : 'recycled'];
    }
  }
};

const followed = (played: PlayedSeed): Broken[] => {
  const moves = toldOf(played, 'LeadStageChanged');
  const handoffs = handoffsOf(played);
  return [
    ...toldOf(played, 'HandoffAccepted', 'HandoffRejected', 'HandoffQualified', 'HandoffPulledBack').flatMap(
      ({ fact }) => follows(fact, moves, played),
    ),
    ...[...leadsOf(played)].flatMap(([leadId, { unconfirmed, mergedInto }]) => {
      if (unconfirmed === undefined) return [];
      const what = mergedInto === undefined ? 'does not know its handoff' : 'is not merged completely';
      return [other(`${leadId} ${what}`)];
    }),
    ...[...liveLeadsOf(played)].flatMap(([leadId, { stage }]) =>
      standsWith(leadId, stage, [...handoffs.values()]),
    ),
    ...[...handoffs.values()].flatMap(({ id, unconfirmed }) =>
      unconfirmed === undefined ? [] : [other(`nobody looked whether the lead of ${id} followed`)],
    ),
  ];
};

/** It moves as it was told, or has gone another way: before the answer, and its handoff is about to be taken back, or since. */
const follows = (fact: Answer, moves: readonly Told<'LeadStageChanged'>[], played: PlayedSeed): Broken[] => {
  const wanted = targets(fact, played);
  const { final } = mergedNames(played);
  const own = moves.filter((move) => final(move.fact.leadId) === final(fact.leadId));
  const stage = own.findLast(({ at }) => at <= fact.at)?.fact.to;
  const gone = stage !== 'mql' && stage !== 'sal';
  const moved = own.some(({ fact: { to, at }, at: savedAt }) =>
    wanted.includes(to) ? at >= fact.at : savedAt >= fact.at,
  );
  // Merged with one that is further, there is nothing to follow.
  const merged = toldOf(played, 'LeadMerged').some(
    ({ fact: { into, to }, at }) =>
      final(into) === final(fact.leadId) && at >= fact.at && to !== 'mql' && to !== 'sal',
  );
  return wanted.length === 0 || gone || moved || merged
    ? []
    : [other(`${fact.leadId} did not follow ${fact.type} ${fact.factId}`)];
};

const standsWith = (leadId: string, stage: string, handoffs: readonly Handoff[]): Broken[] =>
  handoffs
    .filter((handoff) => handoff.leadId === leadId && handoff.status !== 'closed')
    .flatMap(({ id, status }) =>
      stage === (status === 'open' ? 'mql' : 'sal')
        ? []
        : [other(`${leadId} is ${stage}, and ${id} is ${status}`)],
    );
