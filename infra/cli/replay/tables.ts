import { styleText } from 'node:util';
import Table from 'cli-table3';

export type Cell = string | number;

const plain = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: ' ',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
} as const;

/** A table for people: the first `words` columns are words, the rest numbers, on the right. */
export const table = (head: readonly string[], rows: readonly (readonly Cell[])[], words = 1): string => {
  const printed = new Table({
    head: [...head],
    colAligns: head.map((_, i) => (i < words ? 'left' : 'right')),
    chars: plain,
    style: { head: process.stdout.isTTY ? ['dim'] : [], border: [] },
  });
  printed.push(...rows.map((row) => row.map(String)));
  return printed
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};

/** A share in percent, with one digit; of nothing there is none. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((part / whole) * 100).toFixed(1)} %`;

export const heading = (text: string): string => styleText('bold', text);
