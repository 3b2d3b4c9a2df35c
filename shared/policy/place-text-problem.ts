import type { InvalidTextError } from '../emails/text-source.ts';
import type { PlacedProblem } from './policy-problem.ts';

/** A problem of a mail's text, with its line. `source` is empty where the file is missing. */
export const placeTextProblem = (
  { field, problem }: InvalidTextError,
  file: string,
  source: string,
): PlacedProblem => ({
  ...placeIn(source, field, problem),
  file,
  path: [field],
  message: problem,
});

const placeIn = (source: string, field: string, problem: string) => {
  const lines = source.split('\n');
  // A line of the front matter, which begins in the second line of the file.
  const [, lineOfYaml] = field === 'front matter' ? (/ at line (\d+)/.exec(problem) ?? []) : [];
  if (lineOfYaml !== undefined) return { line: Number(lineOfYaml) + 1, column: 1 };
  const body = lines.indexOf('---', 1) + 1;
  const [first = field] = field.split('.');
  const isInBody = field === 'body';
  const from = isInBody
    ? body
    : Math.max(
        0,
        lines.findIndex((line) => line.startsWith(`${first}:`)),
      );
  // What is wrong is named in the problem as it stands in the text.
  const [, named = ''] = /"([^"]+)"/.exec(problem) ?? [];
  const found = lines.findIndex((line, i) => i >= from && named !== '' && line.includes(named));
  const line = found >= 0 ? found : from;
  return { line: line + 1, column: Math.max(0, lines[line]?.indexOf(found >= 0 ? named : '') ?? 0) + 1 };
};
