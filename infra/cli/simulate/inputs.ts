import { DAY, HOUR } from '../../../shared/domain/time.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import { type CastLead, castOf } from './cast.ts';
import { pastOf } from './past.ts';
import {
  accountInput,
  dealInput,
  engagementInput,
  type Input,
  profileInput,
  type Scene,
  sendingMs,
  wrongInput,
} from './producer-events.ts';
import { underTwoNames } from './two-names.ts';
import { verdictsOn } from './verdicts.ts';

/** What the leads of one history do, in no order; a part of it is sent twice, and some is wrong for ever. */
export const inputsOf = (draws: Draws, policy: Policy, startAt: number): readonly Input[] => {
  const cast = castOf(draws);
  const inputs = cast.flatMap((lead, i) => ofLead({ draws, policy, startAt }, lead, i));
  if (draws.chance(0.3)) inputs.push(accountInput(draws, startAt));
  if (draws.chance(0.2)) inputs.push(wrongInput(draws, startAt));
  if (draws.chance(0.4)) inputs.push(...verdictsOn(draws, inputs));
  if (draws.chance(0.2)) inputs.push(...underTwoNames(draws, policy, cast, inputs));
  return inputs.flatMap((input) =>
    draws.chance(0.12) ? [input, { ...input, at: input.at + draws.skewed(0, 3 * HOUR) }] : [input],
  );
};

const ofLead = (scene: Scene, cast: CastLead, i: number): Input[] => {
  const { draws, startAt } = scene;
  const moment = momentsOf(draws, startAt);
  const inputs = Array.from({ length: activityOf(draws) }, (_, n) =>
    engagementInput(scene, cast, `e-${i}-${n}`, moment()),
  );
  const profiles = draws.pick([0, 1, 1, 1, 2]);
  for (let n = 0; n < profiles; n++) {
    const at = n === 0 && draws.chance(0.7) ? startAt + draws.whole(0, HOUR) : moment();
    inputs.push(profileInput(draws, cast, `p-${i}-${n}`, at));
  }
  if (draws.chance(0.15)) inputs.push(...pastOf(scene, cast, i, inputs));
  if (draws.chance(0.15)) inputs.push(dealInput(draws, cast, `d-${i}`, moment()));
  return inputs;
};

/** Some do so much that most of it is moved away from the lead. */
const activityOf = (draws: Draws): number => (draws.chance(0.15) ? draws.whole(15, 40) : draws.whole(3, 14));

/** Much of what one lead does comes at once. */
const momentsOf = (draws: Draws, startAt: number) => {
  let last = startAt + draws.whole(0, DAY);
  return () => {
    last = draws.chance(0.5) ? last + draws.skewed(0, 3000) : startAt + draws.whole(0, sendingMs);
    return last;
  };
};
