import { existsSync } from 'node:fs';
import { changeRoster } from '../../../shared/roster/change-roster.ts';
import { rosterFrom } from '../../../shared/roster/roster-input.ts';
import { connectRoster } from '../roster/connect-roster.ts';
import { readRosterFile } from '../seed/read-roster.ts';
import { UsageError } from '../usage-error.ts';

export type RosterPutCommand = Readonly<{ env?: string; json?: true }>;

/**
 * A file becomes the roster of an environment, if it fits the policy in force there. Absences that it does not speak of
 * stay. Returns the exit code; whatever stands in the way is thrown.
 */
export const rosterPut = async (file: string, { env, json }: RosterPutCommand): Promise<number> => {
  if (!existsSync(file))
    throw new UsageError(`There is no file ${file}: write one like infra/cli/seed/roster.yaml.`);
  const { environment, rosters, policy } = await connectRoster(env);
  const read = await readRosterFile(policy, file);
  const { before, after } = await changeRoster(rosters, (current) => rosterFrom(read, current));
  const [people, teams] = [after.people.length, after.teams.length];
  const staying = new Set(after.people.map(({ id }) => id));
  const left = (before?.people ?? []).map(({ id }) => id).filter((id) => !staying.has(id));
  console.log(
    json
      ? JSON.stringify({ environment, people, teams, left })
      : [
          `The roster of ${environment} now has ${people} people in ${teams} teams.`,
          ...(left.length === 0
            ? []
            : [
                `No longer in it: ${left.join(', ')}. Their open handoffs go to colleagues, each before its next deadline.`,
              ]),
        ].join('\n'),
  );
  return 0;
};
