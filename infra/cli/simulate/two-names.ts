import { HOUR, instantOf } from '../../../shared/domain/time.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { CastLead } from './cast.ts';
import type { Input } from './producer-events.ts';
import { sentEngagements } from './sent-events.ts';

/**
 * One person is known by two names, and some of what they do is told of both: each lead has it, and once they are merged
 * it counts once. None that asks to talk, for that is told of each; and none that was judged, for that was one of them.
 */
export const underTwoNames = (
  draws: Draws,
  { scoring }: Pick<Policy, 'scoring'>,
  [, other]: readonly CastLead[],
  inputs: readonly Input[],
): readonly Input[] => {
  if (other === undefined) return [];
  const asking = new Set(scoring.rules.filter(({ intent }) => intent).flatMap(({ kind }) => kind));
  const judged = new Set(inputs.map(({ event: { detail } }) => detail.engagementId));
  return sentEngagements(inputs)
    .filter(({ at, isPast, detail: { id, kind, occurredAt } }) => {
      const isOfFirst = String(id).startsWith('e-0-') && !judged.has(id) && !asking.has(String(kind));
      const isTimely = typeof occurredAt === 'string' && occurredAt <= instantOf(at);
      return isOfFirst && !isPast && isTimely && draws.chance(0.4);
    })
    .map(({ at, type, detail }) => ({
      at: at + draws.skewed(0, 3 * HOUR),
      event: { type, detail: { ...detail, lead: other.lead } },
    }));
};
