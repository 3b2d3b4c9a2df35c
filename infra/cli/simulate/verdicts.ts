import { DAY, HOUR } from '../../../shared/domain/time.ts';
import { verdicts } from '../../../shared/domain/verdict.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { Input } from './producer-events.ts';
import { sentEngagements } from './sent-events.ts';

/** What people say of some engagements: before they come and after, more than once, and in any order. */
export const verdictsOn = (draws: Draws, inputs: readonly Input[]): readonly Input[] =>
  sentEngagements(inputs)
    .filter(() => draws.chance(0.1))
    .flatMap(({ at, detail: { id: engagementId, lead } }) =>
      Array.from({ length: draws.whole(1, 3) }, (_, n): Input => {
        const sequence = draws.whole(0, 5);
        return {
          at:
            at +
            (draws.chance(0.3) ? -draws.skewed(0, DAY) : draws.skewed(0, 2 * DAY) + draws.whole(0, HOUR)),
          event: {
            type: 'EngagementJudged',
            detail: {
              id: `v-${String(engagementId)}-${n}`,
              lead,
              engagementId,
              verdict: draws.pick(verdicts),
              sequence,
              by: draws.pick(['robot-filter', 'anna']),
              reason: 'looked at',
            },
          },
          to: 'advance-lead',
        };
      }),
    );
