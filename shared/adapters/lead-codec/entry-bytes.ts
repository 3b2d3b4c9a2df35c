import type { EntryKey, Facet, TimelineEntry } from '../../domain/timeline.ts';
import { type ByteReader, UnreadableBytesError } from './byte-reader.ts';
import { ByteTable, readTable } from './byte-table.ts';
import { ByteWriter } from './byte-writer.ts';
import { readFacet, writeFacet } from './facets.ts';
import { placeOfShape, readShape, type Shape } from './shapes.ts';
import { placeOfWord, wordAt } from './words.ts';

/** Bits of an entry's first byte; the others tell its shape. */
const isUnanchored = 1;
const hasOrigin = 2;
const hasReceipt = 4;
const shapeShift = 3;
/** The place of the shape follows. */
const farShape = 31;

/** What entries are told by: words, what several have in common, their times, and the rest of each. One of each is enough. */
export const words = new ByteTable();
export const shapes = new ByteTable();
export const rest = new ByteWriter();
export const times = new ByteWriter();

/** Into `times`, `rest` and the tables. A time is told as what passed since the one before. */
export const writeRest = (
  entries: readonly TimelineEntry[],
  lastAt: number | undefined,
  base: number,
): void => {
  times.restart();
  rest.restart();
  let before = lastAt;
  for (const entry of entries) {
    if (before === undefined) times.signed(entry.at - base);
    else times.whole(entry.at - before);
    before = entry.at;
    writeEntry(entry);
  }
};

const writeEntry = (entry: TimelineEntry): void => {
  const { at, facets, unanchored, origin, receivedAt } = entry;
  const flags =
    (unanchored ? isUnanchored : 0) |
    (origin === undefined ? 0 : hasOrigin) |
    (receivedAt === undefined ? 0 : hasReceipt);
  const shape = placeOfShape(shapes, words, entry);
  rest.byte(flags | (Math.min(shape, farShape) << shapeShift));
  if (shape >= farShape) rest.whole(shape);
  if (facets !== undefined) for (const name in facets) writeFacet(rest, words, facets[name] ?? false);
  if (origin !== undefined) rest.whole(placeOfWord(words, origin));
  if (receivedAt !== undefined) rest.signed(receivedAt - at);
};

const readEntry = (
  reader: ByteReader,
  own: readonly string[],
  { id, at }: EntryKey,
  shape: Shape | undefined,
  flags: number,
): TimelineEntry => {
  if (shape === undefined) throw new UnreadableBytesError('it lacks a shape');
  const entry: { -readonly [K in keyof TimelineEntry]: TimelineEntry[K] } = { id, at, kind: shape.kind };
  if (flags & isUnanchored) entry.unanchored = true;
  if (shape.names.length > 0) {
    const facets: Record<string, Facet> = {};
    for (const name of shape.names) facets[name] = readFacet(reader, own);
    entry.facets = facets;
  }
  if (flags & hasOrigin) entry.origin = wordAt(own, reader.whole());
  if (flags & hasReceipt) entry.receivedAt = at + reader.signed();
  return entry;
};

/** The entries of these keys, from words on. */
export const readEntries = (reader: ByteReader, keys: readonly EntryKey[]): readonly TimelineEntry[] => {
  const own = readWords(reader);
  const all = readTable(reader, (bytes) => readShape(reader, bytes, own));
  const entries: TimelineEntry[] = [];
  for (const key of keys) {
    const flags = reader.byte();
    const place = flags >> shapeShift;
    const shape = all[place === farShape ? reader.whole() : place];
    entries.push(readEntry(reader, own, key, shape, flags));
  }
  return entries;
};

/** All at once, if no word has other characters than those of one byte: native calls are dear. */
const readWords = (reader: ByteReader): string[] => {
  const start = reader.at;
  const bytes = reader.whole();
  const first = reader.at;
  reader.at = start;
  const all = reader.bytes.toString('utf8', first, first + bytes);
  return readTable(reader, (length) => {
    const from = reader.skip(length);
    return all.length === bytes
      ? all.slice(from - first, reader.at - first)
      : reader.bytes.toString('utf8', from, reader.at);
  });
};
