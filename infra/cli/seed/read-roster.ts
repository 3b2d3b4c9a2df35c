import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Roster } from '../../../shared/domain/roster.ts';
import { placedYaml } from '../../../shared/policy/placed-yaml.ts';
import { InvalidPolicyError } from '../../../shared/policy/policy-problem.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { checkPeople } from '../../../shared/roster/check-people.ts';
import { checkRoster } from '../../../shared/roster/check-roster.ts';
import { type RosterInput, rosterFrom, rosterInput } from '../../../shared/roster/roster-input.ts';
import { placedCsv } from '../roster/placed-csv.ts';

export const shippedRoster = fileURLToPath(new URL('roster.yaml', import.meta.url));

/**
 * Reads a roster, YAML or CSV (by the name of the file), that fits the policy.
 * @throws InvalidPolicyError with each name that nobody bears, and its place.
 */
export const readRosterFile = async (policy: Policy, file: string): Promise<RosterInput> => {
  const source = file.endsWith('.csv')
    ? await placedCsv(file)
    : placedYaml(await readFile(file, 'utf8'), file);
  if (source.problems.length > 0) throw new InvalidPolicyError(source.problems);
  const read = v.safeParse(rosterInput, source.value);
  if (!read.success) {
    const problems = read.issues.map((issue) =>
      source.place(
        (issue.path ?? []).flatMap(({ key }) =>
          typeof key === 'string' || typeof key === 'number' ? [key] : [],
        ),
        issue.expected === 'never'
          ? 'is unknown here'
          : `is ${issue.received}, but ${issue.expected} is expected`,
      ),
    );
    throw new InvalidPolicyError(problems);
  }
  const roster = rosterFrom(read.output, undefined);
  const problems = [...checkPeople(roster), ...checkRoster(roster, policy)].map(({ path, message }) =>
    source.place(path, message),
  );
  if (problems.length > 0) throw new InvalidPolicyError(problems);
  return read.output;
};

/** Nobody is away who was not said to be. @throws InvalidPolicyError */
export const readRoster = async (policy: Policy, file = shippedRoster): Promise<Roster> =>
  rosterFrom(await readRosterFile(policy, file), undefined);
