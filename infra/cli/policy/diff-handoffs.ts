import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '../../../shared/policy/schema.ts';
import { consequence } from './describe-answers.ts';
import { deadlineWords, tierWords } from './describe-deadlines.ts';
import { routeWords } from './describe-routes.ts';
import { diffNamed } from './diff-named.ts';
import { findChanges } from './find-changes.ts';
import { changeWords } from './value-words.ts';

const kept = 'handoffs that are running keep the plan that they have';

/** Other deadlines and tiers. */
export const diffDeadlines = (from: Policy, to: Policy): readonly string[] => {
  const { tiers, normal: _, hot: _hot, ...rest } = from.sla;
  const { tiers: tiersNow, normal: _normalNow, hot: _hotNow, ...restNow } = to.sla;
  return [
    ...(['normal', 'hot'] as const).flatMap((priority) =>
      (['accept', 'firstContact', 'qualify'] as const).flatMap((name) => {
        const [before, after] = [from.sla[priority][name], to.sla[priority][name]];
        return isDeepStrictEqual(before, after)
          ? []
          : [
              `a ${priority} lead has ${deadlineWords(name, after)}; before it was ${deadlineWords(name, before)}; ${kept}`,
            ];
      }),
    ),
    ...diffNamed(tiers, tiersNow, 'tier', ({ name }) => name, tierWords).map((line) => `${line}; ${kept}`),
    ...findChanges(rest, restNow, ['sla']).map((change) => changeWords(change)),
  ];
};

/** Leads go to others. */
export const diffRoutes = ({ routing }: Policy, to: Policy): readonly string[] =>
  diffNamed(routing, to.routing, 'route', ({ name }) => name, routeWords).map(
    (line) => `${line}; handoffs that are running stay where they are`,
  );

/** Rejecting has other consequences. */
export const diffAnswers = ({ reject }: Policy, to: Policy): readonly string[] =>
  diffNamed(
    reject,
    to.reject,
    'reason',
    ({ reason }) => reason,
    (reason) => `${consequence(reason)} ("${reason.label.en}", "${reason.label.de}")`,
  );
