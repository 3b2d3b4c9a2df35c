import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const folder = new URL('../unit/policy/wrong/', import.meta.url);

/** One text of the shipped policy becomes another: the first after `after`. */
type Edit = Readonly<{ after?: string; from: string; to: string }>;

/** A policy that is to be refused: the shipped one with some edits, or a file of its own. */
export type WrongPolicy = Readonly<{
  name: string;
  source: string;
  expect: Readonly<{ line: number; field: string; reason: string }>;
}>;

type Case = Readonly<{
  edits?: readonly Edit[];
  whole?: string;
  /** The line by its number, or by what stands in it: `text@2` is the second with that text, `text^` the line above. */
  expect: Readonly<{ line: number | string; field: string; reason: string }>;
}>;

/** All of the folder `test/unit/policy/wrong`. */
export const wrongPolicies = (shipped: string): readonly WrongPolicy[] =>
  readdirSync(folder).map((file) => {
    const { edits = [], whole, expect }: Case = parse(readFileSync(new URL(file, folder), 'utf8'));
    const source = whole ?? edits.reduce(edited, shipped);
    return {
      name: file.replace('.yaml', ''),
      source,
      expect: { ...expect, line: lineOf(source, expect.line) },
    };
  });

const edited = (source: string, { after = '', from, to }: Edit): string => {
  const start = source.indexOf(after);
  const at = source.indexOf(from, start);
  if (start < 0 || at < 0) throw new Error(`the shipped policy has no ${from} after ${after}`);
  return source.slice(0, at) + to + source.slice(at + from.length);
};

const lineOf = (source: string, line: number | string): number => {
  if (typeof line === 'number') return line;
  const [, text = '', nth = '1', above = ''] = /^(.*?)(?:@(\d+))?(\^*)$/.exec(line) ?? [];
  const found = source
    .split('\n')
    .flatMap((content, i) => (content.includes(text) ? [i + 1] : []))
    .at(Number(nth) - 1);
  if (found === undefined) throw new Error(`no line holds ${line}`);
  return found - above.length;
};
