import { openElapsed } from '../../../../shared/domain/business-calendar.ts';
import { calendarOf } from '../../../../shared/domain/holder-calendar.ts';
import { later, MINUTE } from '../../../../shared/domain/time.ts';
import type { PlayedSeed } from '../play-seed.ts';
import type { Broken } from './broken.ts';
import { handoffsOf, type Told, toldOf } from './outcome.ts';

/** Of what came due before a pause somebody may still be told after it: no tick for an hour. */
const slackMs = 100 * MINUTE;

/** Whoever was given time has it: nothing is taken from them or told above them before it ends. */
export const patiencePromises = (played: PlayedSeed): Broken[] => [...given(played), ...paused(played)];

const given = (played: PlayedSeed): Broken[] => {
  const after = toldOf(
    played,
    'HandoffEscalated',
    'HandoffReassigned',
    'HandoffPulledBack',
    'HandoffReplanned',
  );
  return toldOf(played, 'HandoffGivenUntil').flatMap(
    ({ fact: { handoffId, until, at }, place }): Broken[] => {
      const next = after.find((told) => told.fact.handoffId === handoffId && told.place > place);
      if (next === undefined || next.fact.at >= until || isByPeople(next)) return [];
      return [
        {
          promise: 'doubleEscalations',
          text: `${handoffId} was given until ${until} at ${at}, but ${next.fact.type}`,
        },
      ];
    },
  );
};

/** A manager decided otherwise, the holder left, or the lead asked or became hot meanwhile. */
const isByPeople = ({
  fact,
}: Told<'HandoffEscalated' | 'HandoffReassigned' | 'HandoffPulledBack' | 'HandoffReplanned'>): boolean => {
  if (fact.type === 'HandoffReplanned') return true;
  return 'reason' in fact && ['manager', 'holder-left', 'misrouted'].includes(fact.reason);
};

/** Once, and as long as it lasts in the hours of the holder nobody hears of the deadlines that wait. */
const paused = (played: PlayedSeed): Broken[] => {
  const { policy } = played.policy;
  const handoffs = handoffsOf(played);
  const [first] = played.rosters;
  const waiting: readonly string[] = policy.sla.pause?.deadlines ?? [];
  const tiers = toldOf(played, 'HandoffReminded', 'HandoffBreached');
  const seen = new Set<string>();
  return toldOf(played, 'HandoffPaused').flatMap(({ fact: { handoffId, until, at }, place }): Broken[] => {
    const again = seen.has(handoffId);
    seen.add(handoffId);
    const handoff = handoffs.get(handoffId);
    if (again) return [{ promise: 'other', text: `${handoffId} was paused twice` }];
    if (first === undefined || handoff === undefined) return [];
    const calendar = calendarOf(policy, first.roster, handoff.team, handoff.holder);
    return tiers.flatMap((told): Broken[] => {
      const { fact } = told;
      const isIn = fact.handoffId === handoffId && told.place > place && waiting.includes(fact.deadline);
      if (!isIn || fact.at >= until || fact.at < later(at, slackMs)) return [];
      return openElapsed(calendar, fact.at, until) < slackMs
        ? []
        : [{ promise: 'other', text: `${fact.type} of ${handoffId} at ${fact.at}, paused until ${until}` }];
    });
  });
};
