import { instantOf } from '../../../shared/domain/time.ts';
import { connectRoster, noRoster } from '../roster/connect-roster.ts';
import { describeRoster } from '../roster/describe-roster.ts';

export type RosterShowCommand = Readonly<{ env?: string; json?: true }>;

/** Who works in sales now, and how many leads they hold. Returns the exit code; whatever stands in the way is thrown. */
export const rosterShow = async ({ env, json }: RosterShowCommand): Promise<number> => {
  const { environment, rosters, policy } = await connectRoster(env);
  const { state: roster } = await rosters.load('roster', 'current');
  if (roster === undefined) throw noRoster(environment);
  const entries = await Promise.all(
    roster.teams.map(async ({ name }) => {
      const { state } = await rosters.load('team-loads', name);
      return [name, state?.loads ?? {}] as const;
    }),
  );
  const loads = Object.fromEntries(entries);
  console.log(
    json
      ? JSON.stringify({ environment, ...roster, loads })
      : describeRoster(roster, policy, loads, instantOf(Date.now())),
  );
  return 0;
};
