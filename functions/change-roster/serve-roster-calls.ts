import * as v from 'valibot';
import { type ApiAnswer, type ApiRoutes, apiError } from '../../shared/api/api-call.ts';
import { readBody } from '../../shared/api/read-body.ts';
import type { RosterStates } from '../../shared/domain/roster.ts';
import { pathText } from '../../shared/policy/policy-problem.ts';
import type { Aggregates } from '../../shared/ports.ts';
import { rosterInput } from '../../shared/roster/roster-input.ts';
import type { RosterChange, RosterOutcome } from './change-roster.ts';

export type ServeRosterCallsDeps = Readonly<{
  change: (input: RosterChange) => Promise<RosterOutcome>;
  rosters: Pick<Aggregates<RosterStates>, 'load'>;
}>;

/** What GET answers is what PUT takes. */
const rosterCall = v.strictObject({
  version: v.pipe(v.number(), v.integer(), v.minValue(0)),
  ...rosterInput.entries,
});

/** Who works in sales, kept by the system that knows it. */
export const makeServeRosterCalls = ({ change, rosters }: ServeRosterCallsDeps): ApiRoutes => ({
  'GET /api/roster': async () => {
    const { state, version } = await rosters.load('roster', 'current');
    return state === undefined ? noRoster : { status: 200, body: { version, ...state } };
  },
  'PUT /api/roster': async ({ body }) => {
    const read = readBody(rosterCall, body);
    if ('refused' in read) return read.refused;
    const { version, ...roster } = read.said;
    return answerOf(await change({ version, roster }));
  },
});

const answerOf = (outcome: RosterOutcome): ApiAnswer => {
  switch (outcome.type) {
    case 'changed-before':
      return apiError(
        409,
        {
          code: 'changed-before',
          message: 'Somebody else changed the roster since you read it.',
          remedy: 'GET it again, make your change to that, and PUT it with its version.',
        },
        { version: outcome.version },
      );
    case 'unfit':
      return apiError(422, {
        code: 'unfit',
        message: 'The roster contradicts itself, or does not fit the policy in force.',
        remedy: 'Mend what `reasons` names.',
        reasons: outcome.problems.slice(0, 20).map(({ path, message }) => `${pathText(path)} ${message}`),
      });
    default: {
      const { type: result, version, roster, left } = outcome;
      return {
        status: 200,
        body: { result, version, left, people: roster.people.length, teams: roster.teams.length },
      };
    }
  }
};

const noRoster = apiError(404, {
  code: 'no-roster',
  message: 'There is no roster yet.',
  remedy: 'PUT one with version 0.',
});
