import type { Roster } from '../domain/roster.ts';
import { epochOf, instantOf } from '../domain/time.ts';
import type { PolicyProblem } from '../policy/policy-problem.ts';

/** What is wrong with a roster whatever the policy: names given twice, addresses that are none, absences that never end. */
export const checkPeople = ({ people, teams }: Roster): readonly PolicyProblem[] => [
  ...twice(
    'people',
    people.map(({ id }) => id),
    'id',
  ),
  ...twice(
    'teams',
    teams.map(({ name }) => name),
    'name',
  ),
  ...people.flatMap(({ id, name, email, capacity, away }, i) => {
    const problem = (key: string, message: string) => [{ path: ['people', i, key], message }];
    return [
      ...(/^[\x21-\x7e]{1,200}$/.test(id) ? [] : problem('id', 'is no id: letters and digits, no spaces')),
      ...(name.trim() === '' ? problem('name', 'is empty') : []),
      ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? [] : problem('email', 'is no e-mail address')),
      ...(Number.isInteger(capacity) && capacity >= 0
        ? []
        : problem('capacity', 'is not a whole number from 0')),
      ...away.flatMap((absence, j) =>
        isAbsence(absence)
          ? []
          : [
              {
                path: ['people', i, 'away', j],
                message:
                  'is no absence: from and until are instants, 2026-12-21T08:00:00.000Z, in this order',
              },
            ],
      ),
    ];
  }),
];

/** Written as instants are everywhere, because they are compared as text. */
const isAbsence = ({ from, until }: Roster['people'][number]['away'][number]): boolean =>
  [from, until].every((text) => !Number.isNaN(epochOf(text)) && instantOf(epochOf(text)) === text) &&
  from < until;

const twice = (list: string, names: readonly string[], key: string): readonly PolicyProblem[] =>
  names.flatMap((name, i) =>
    names.indexOf(name) === i ? [] : [{ path: [list, i, key], message: `is given twice: ${name}` }],
  );
