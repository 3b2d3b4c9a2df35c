import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
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
  // Keys given twice are looked for here, so that the problem names the field and where it stood first.
  const document = parseDocument(source, { lineCounter, prettyErrors: false, uniqueKeys: false });
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const place = (path: PolicyPath, message: string): PlacedProblem => ({
    ...at(offsetOf(document, path)),
    path,
    message,
  });
  const problems = [
    ...[...document.errors, ...document.warnings].map(({ message, pos: [offset] }) => ({
      ...at(offset),
      path: pathAt(document, offset),
      message: `is not YAML: ${message}`,
    })),
    ...keysGivenTwice(document).map(({ path, first, second }) => ({
      ...at(second),
      path,
      message: `is given twice: it stands in line ${at(first).line} already, and one of them must go`,
    })),
  ];
  if (problems.length > 0) return { value: undefined, problems, place };
  try {
    return { value: document.toJS(), problems: [], place };
  } catch (error) {
    // Aliases are resolved here: one that is unknown, or far too many.
    const message = error instanceof Error ? error.message : 'cannot be read';
    const [, alias] = /alias .*: (\S+)$/.exec(message) ?? [];
    const offset = alias === undefined ? 0 : Math.max(0, source.indexOf(`*${alias}`));
    const problem = { ...at(offset), path: pathAt(document, offset), message: `is not YAML: ${message}` };
    return { value: undefined, problems: [problem], place };
  }
};

/** Of a value, or of its key where the value is more than one line can hold. */
const offsetOf = (document: Document, path: PolicyPath): number => {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const parent = document.getIn(path.slice(0, -1), true);
  const pair =
    path.length > 0 && isMap(parent) ? parent.items.find(({ key }) => keyOf(key) === path.at(-1)) : undefined;
  const shown = isScalar(node) || pair === undefined ? node : pair.key;
  if (isNode(shown) && shown.range) return shown.range[0];
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
};

const keyOf = (key: unknown): unknown => (isScalar(key) ? key.value : key);

/** A field of any map, and the offset of its key. */
type Field = Readonly<{ path: PolicyPath; offset: number }>;

const fieldsIn = (node: unknown, path: PolicyPath = []): readonly Field[] => {
  if (isSeq(node)) return node.items.flatMap((item, i) => fieldsIn(item, [...path, i]));
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => {
    const field = [...path, String(keyOf(key))];
    const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
    return [{ path: field, offset }, ...fieldsIn(value, field)];
  });
};

/** The last field that has begun at an offset: the best that is known of a text that is no YAML. */
const pathAt = ({ contents }: Document, offset: number): PolicyPath =>
  fieldsIn(contents).findLast((field) => field.offset <= offset)?.path ?? [];

const keysGivenTwice = ({ contents }: Document) => {
  const seen = new Map<string, number>();
  return fieldsIn(contents).flatMap(({ path, offset }) => {
    const name = JSON.stringify(path);
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, offset);
      return [];
    }
    return [{ path, first, second: offset }];
  });
};
