import type { PlacedYaml } from '../../../shared/policy/placed-yaml.ts';
import type { PolicyPath } from '../../../shared/policy/policy-problem.ts';
import { type CsvRow, readCsv } from '../import/read-csv.ts';

/** In any order. Several teams stand in one field, with spaces between them. */
export const rosterColumns = [
  'id',
  'name',
  'email',
  'locale',
  'calendar',
  'capacity',
  'team',
  'manages',
  'nextManagerOf',
] as const;
type Column = (typeof rosterColumns)[number];

type Row = Readonly<{ line: number; of: (column: Column) => string }>;

/** A roster as a table, one person a row, in the form of the YAML. A team works by the calendar of its manager. */
export const placedCsv = async (file: string): Promise<PlacedYaml> => {
  const rows: Row[] = [];
  const problems = [];
  const at = (line: number, path: PolicyPath, message: string) => ({ file, line, column: 1, path, message });
  for await (const read of readCsv(file)) {
    if ('problem' in read) problems.push(at(read.line, [], read.problem));
    else rows.push(rowOf(read));
  }
  const [first] = rows;
  const missing = first === undefined ? [] : rosterColumns.filter((column) => first.of(column) === absent);
  if (first === undefined) problems.push(at(1, [], 'has no rows'));
  if (missing.length > 0) problems.push(at(1, [], `lacks columns: ${missing.join(', ')}`));
  const teams = problems.length > 0 ? [] : teamNames(rows);
  return {
    value: problems.length > 0 ? undefined : { people: rows.map(personOf), teams: teams.map(teamIn(rows)) },
    problems,
    place: (path, message) => {
      const [list, index] = path;
      const row =
        typeof index !== 'number'
          ? undefined
          : list === 'people'
            ? rows[index]
            : rows.find((candidate) => placesOf(candidate).includes(teams[index] ?? ''));
      return at(row?.line ?? 1, path, message);
    },
  };
};

/** No file has it: what a column that is not there is told by. */
const absent = '\u0000';

const rowOf = ({ line, row }: Extract<CsvRow, { row: unknown }>): Row => ({
  line,
  of: (column) => row[column]?.trim() ?? absent,
});

const listOf = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

const placesOf = ({ of }: Row): readonly string[] =>
  (['team', 'manages', 'nextManagerOf'] as const).flatMap((column) => listOf(of(column)));

const teamNames = (rows: readonly Row[]): readonly string[] => [...new Set(rows.flatMap(placesOf))];

const personOf = ({ of }: Row) => ({
  id: of('id'),
  name: of('name'),
  email: of('email'),
  locale: of('locale'),
  ...(of('calendar') === '' ? {} : { calendar: of('calendar') }),
  capacity: of('capacity') === '' ? undefined : Number(of('capacity')),
});

const teamIn = (rows: readonly Row[]) => (name: string) => {
  const idsOf = (column: Column) =>
    rows.filter(({ of }) => listOf(of(column)).includes(name)).map(({ of }) => of('id'));
  const [manager = ''] = idsOf('manages');
  return {
    name,
    members: idsOf('team'),
    manager,
    nextManager: idsOf('nextManagerOf')[0] ?? manager,
    calendar: rows.find(({ of }) => of('id') === manager)?.of('calendar') ?? '',
  };
};
