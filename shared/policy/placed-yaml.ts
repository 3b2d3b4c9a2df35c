import { isNode, LineCounter, parseDocument } from 'yaml';
import type { PlacedProblem, PolicyPath } from './policy-problem.ts';

/** A YAML text as a plain value, with the place of each part of it. */
export type PlacedYaml = Readonly<{
  value: unknown;
  problems: readonly PlacedProblem[];
  /** A part that is missing is placed where its parent begins. */
  place(path: PolicyPath, message: string): PlacedProblem;
}>;

export const placedYaml = (source: string, file: string): PlacedYaml => {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const offsetOf = (path: PolicyPath): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    if (isNode(node) && node.range) return node.range[0];
    return path.length === 0 ? 0 : offsetOf(path.slice(0, -1));
  };
  const place = (path: PolicyPath, message: string): PlacedProblem => ({
    ...at(offsetOf(path)),
    path,
    message,
  });
  const problems = document.errors.map(({ message, pos: [offset] }) => ({
    ...at(offset),
    path: [],
    message,
  }));
  if (problems.length > 0) return { value: undefined, problems, place };
  try {
    return { value: document.toJS(), problems: [], place };
  } catch (error) {
    // Aliases are resolved here: one that is unknown, or far too many.
    return {
      value: undefined,
      problems: [place([], error instanceof Error ? error.message : 'cannot be read')],
      place,
    };
  }
};
