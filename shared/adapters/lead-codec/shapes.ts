import type { TimelineEntry } from '../../domain/timeline.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteTable } from './byte-table.ts';
import { ByteWriter } from './byte-writer.ts';
import { placeOfWord, wordAt } from './words.ts';

/** What entries of one kind have in common: it, and the names of their facets. */
export type Shape = Readonly<{ kind: string; names: readonly string[] }>;

const scratch = new ByteWriter();

/** The place of an entry's shape; one that is not there is added. */
export const placeOfShape = (shapes: ByteTable, own: ByteTable, { kind, facets }: TimelineEntry): number => {
  scratch.restart();
  scratch.whole(placeOfWord(own, kind));
  for (const name in facets) scratch.whole(placeOfWord(own, name));
  return shapes.placeOf(scratch);
};

export const readShape = (reader: ByteReader, bytes: number, own: readonly string[]): Shape => {
  const end = reader.at + bytes;
  const kind = wordAt(own, reader.whole());
  const names: string[] = [];
  while (reader.at < end) names.push(wordAt(own, reader.whole()));
  return { kind, names };
};
