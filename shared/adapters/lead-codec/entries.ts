import type { Facet, TimelineEntry } from '../../domain/timeline.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readShape, type Shape, writeShape } from './shapes.ts';
import type { OwnWords } from './words.ts';

/** Bits of an entry's first byte. */
const isFrozen = 1;
const isUnanchored = 2;
const hasOrigin = 4;
const hasReceipt = 8;

/** What a facet's value begins with; from `texts` on it is a word, and this its place. */
const no = 0;
const yes = 1;
const fraction = 2;
const positive = 3;
const negative = 4;
const texts = 5;

/**
 * Entries in order: the names of all, then the rest of each. Times are told as what passed since the one before, kind
 * and names of facets by the place of their shape, which comes with its first use.
 */
export const writeEntries = (
  writer: ByteWriter,
  words: OwnWords,
  entries: readonly TimelineEntry[],
  frozen: ReadonlySet<string> | undefined,
  base: number,
): void => {
  writer.whole(entries.length);
  for (const { id } of entries) {
    if (id.length !== 16) throw new RangeError('an engagement whose name is no reference');
    writer.hex(id);
  }
  const shapes: Shape[] = [];
  let before: number | undefined;
  for (const entry of entries) {
    const { id, at, facets, origin, receivedAt } = entry;
    writer.byte(flagsOf(entry) | (frozen?.has(id) ? isFrozen : 0));
    if (before === undefined) writer.signed(at - base);
    else writer.whole(at - before);
    before = at;
    const { names } = writeShape(writer, words, shapes, entry);
    if (facets !== undefined) for (const name of names) writeFacet(writer, words, facets[name] ?? false);
    if (origin !== undefined) writer.whole(words.placeOf(origin));
    if (receivedAt !== undefined) writer.signed(receivedAt - at);
  }
};

const flagsOf = ({ unanchored, origin, receivedAt }: TimelineEntry): number =>
  (unanchored ? isUnanchored : 0) |
  (origin === undefined ? 0 : hasOrigin) |
  (receivedAt === undefined ? 0 : hasReceipt);

const writeFacet = (writer: ByteWriter, words: OwnWords, value: Facet): void => {
  if (typeof value === 'string') writer.whole(texts + words.placeOf(value));
  else if (typeof value === 'boolean') writer.byte(value ? yes : no);
  else if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    writer.byte(value < 0 ? negative : positive);
    writer.whole(Math.abs(value));
  } else {
    writer.byte(fraction);
    writer.double(value);
  }
};

/** Of the entries those that were marked as frozen are added to `frozen`. */
export const readEntries = (
  reader: ByteReader,
  word: (place: number) => string,
  frozen: Set<string>,
  base: number,
): TimelineEntry[] => {
  const count = reader.whole();
  const names = reader.hex(8 * count);
  const shapes: Shape[] = [];
  const entries: TimelineEntry[] = [];
  let at = base;
  for (let i = 0; i < count; i++) {
    const id = names.slice(16 * i, 16 * i + 16);
    const flags = reader.byte();
    at += i === 0 ? reader.signed() : reader.whole();
    if (flags & isFrozen) frozen.add(id);
    entries.push(readEntry(reader, word, id, at, readShape(reader, word, shapes), flags));
  }
  return entries;
};

const readEntry = (
  reader: ByteReader,
  word: (place: number) => string,
  id: string,
  at: number,
  { kind, names }: Shape,
  flags: number,
): TimelineEntry => {
  const entry: { -readonly [K in keyof TimelineEntry]: TimelineEntry[K] } = { id, at, kind };
  if (flags & isUnanchored) entry.unanchored = true;
  if (names.length > 0) {
    const facets: Record<string, Facet> = {};
    for (const name of names) facets[name] = readFacet(reader, word);
    entry.facets = facets;
  }
  if (flags & hasOrigin) entry.origin = word(reader.whole());
  if (flags & hasReceipt) entry.receivedAt = at + reader.signed();
  return entry;
};

const readFacet = (reader: ByteReader, word: (place: number) => string): Facet => {
  const first = reader.whole();
  switch (first) {
    case no:
      return false;
    case yes:
      return true;
    case fraction:
      return reader.double();
    case positive:
      return reader.whole();
    case negative:
      return -reader.whole();
    default:
      return word(first - texts);
  }
};
