import type { Facet } from '../../domain/timeline.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteTable } from './byte-table.ts';
import type { ByteWriter } from './byte-writer.ts';
import { placeOfWord, wordAt } from './words.ts';

/** What a facet's value begins with; from `texts` on it is a word, and this its place. */
const no = 0;
const yes = 1;
const fraction = 2;
const positive = 3;
const negative = 4;
const texts = 5;

export const writeFacet = (writer: ByteWriter, own: ByteTable, value: Facet): void => {
  if (typeof value === 'string') writer.whole(texts + placeOfWord(own, value));
  else if (typeof value === 'boolean') writer.byte(value ? yes : no);
  else if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    writer.byte(value < 0 ? negative : positive);
    writer.whole(Math.abs(value));
  } else {
    writer.byte(fraction);
    writer.double(value);
  }
};

export const readFacet = (reader: ByteReader, own: readonly string[]): Facet => {
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
      return wordAt(own, first - texts);
  }
};
