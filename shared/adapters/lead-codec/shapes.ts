import type { TimelineEntry } from '../../domain/timeline.ts';
import type { ByteReader } from './byte-reader.ts';
import { UnreadableBytesError } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { OwnWords } from './words.ts';

/** What entries of one kind have in common: it, and the names of their facets. */
export type Shape = Readonly<{ kind: string; names: readonly string[] }>;

/** The place of an entry's shape among `shapes`; a new one is added, and follows its place. */
export const writeShape = (
  writer: ByteWriter,
  words: OwnWords,
  shapes: Shape[],
  { kind, facets }: TimelineEntry,
): Shape => {
  for (let place = 0; place < shapes.length; place++) {
    const shape = shapes[place];
    if (shape === undefined || shape.kind !== kind || !hasNames(facets, shape.names)) continue;
    writer.whole(place);
    return shape;
  }
  const shape = { kind, names: facets === undefined ? [] : Object.keys(facets) };
  writer.whole(shapes.push(shape) - 1);
  writer.whole(words.placeOf(kind));
  writer.whole(shape.names.length);
  for (const name of shape.names) writer.whole(words.placeOf(name));
  return shape;
};

const hasNames = (facets: TimelineEntry['facets'], names: readonly string[]): boolean => {
  let count = 0;
  for (const name in facets) if (names[count++] !== name) return false;
  return count === names.length;
};

export const readShape = (reader: ByteReader, word: (place: number) => string, shapes: Shape[]): Shape => {
  const place = reader.whole();
  const known = shapes[place];
  if (known !== undefined) return known;
  if (place !== shapes.length) throw new UnreadableBytesError(`it has no shape ${place}`);
  const kind = word(reader.whole());
  const names: string[] = [];
  for (let left = reader.whole(); left > 0; left--) names.push(word(reader.whole()));
  const shape = { kind, names };
  shapes.push(shape);
  return shape;
};
