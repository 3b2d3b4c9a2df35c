import { isAway } from '../../../../shared/domain/holder-choice.ts';
import { personOf, type Roster } from '../../../../shared/domain/roster.ts';
import { type Instant, later, MINUTE } from '../../../../shared/domain/time.ts';
import type { PlayedSeed } from '../play-seed.ts';
import type { Broken } from './broken.ts';
import { toldOf } from './outcome.ts';

/** An instance may decide by what it read some minutes before. */
const slackMs = 5 * MINUTE;

const outageMs = 100 * MINUTE;

const other = (text: string): Broken => ({ promise: 'other', text });

/** Nobody gets a lead who is not there, and nobody who left keeps an open one. */
export const staffPromises = (played: PlayedSeed): Broken[] => [...given(played), ...left(played)];

/** Every roster that was in force within the time. */
const rostersIn = ({ rosters }: PlayedSeed, from: Instant, until: Instant): readonly Roster[] => {
  const before = rosters.findLastIndex(({ at }) => at <= from);
  return rosters.filter(({ at }, i) => i >= before && at <= until).map(({ roster }) => roster);
};

const given = (played: PlayedSeed): Broken[] =>
  toldOf(played, 'HandoffOpened', 'HandoffReassigned').flatMap(({ fact }): Broken[] => {
    const { handoffId, holder, at } = fact;
    if (holder === undefined) return [];
    const known = rostersIn(played, later(at, -slackMs), at).map((roster) => personOf(roster, holder));
    if (known.every((person) => person === undefined))
      return [other(`${handoffId} went to ${holder} at ${at}, who is not in the roster`)];
    const wasThere = known.some((person) => person !== undefined && !isAway(person, at));
    return fact.type === 'HandoffReassigned' || fact.flagged || wasThere
      ? []
      : [other(`${handoffId} went to ${holder} at ${at}, who is away`)];
  });

/**
 * What somebody leaves behind is found when it comes due next, shortly before the tick finds it: that may fail for some
 * time, and never on a calm day.
 */
const left = (played: PlayedSeed): Broken[] => {
  const accepted = new Map(
    toldOf(played, 'HandoffAccepted').map(({ fact, place }) => [fact.handoffId, place]),
  );
  const toNobody = toldOf(played, 'HandoffReminded', 'HandoffBreached', 'HandoffEscalated').filter(
    ({ fact: { holder, at, handoffId }, place }) =>
      place < (accepted.get(handoffId) ?? Infinity) &&
      rostersIn(played, later(at, -slackMs), at).every((roster) => personOf(roster, holder) === undefined),
  );
  return [...Map.groupBy(toNobody, ({ fact }) => `${fact.handoffId} (${fact.assignment})`)].flatMap(
    ([which, told]) => {
      const moments = new Set(told.map(({ at }) => at));
      const isLong = moments.size > 2 && [...moments].some((at) => at > later(told[0]?.at ?? at, outageMs));
      const isCalm = told.some(({ at }) => at > played.calmFrom);
      return !isLong && !isCalm ? [] : [other(`${which} is with ${told[0]?.fact.holder}, who has left`)];
    },
  );
};
