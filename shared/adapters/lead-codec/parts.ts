import { assetsCodec } from './assets.ts';
import type { ByteReader } from './byte-reader.ts';
import { type Making, placeOf, writer } from './making.ts';
import { writeKey } from './names.ts';
import { writeNumbered } from './numbered.ts';
import { patternCodec } from './patterns.ts';
import { periodCodec } from './periods.ts';
import { isSameStanding, writeStanding } from './standing.ts';
import type { StoredHeadLog } from './stored-head-log.ts';

/** A stretch of a head's bytes about one thing. Most writes change one or two. */
type Part = Readonly<{
  /** Compared as objects: what is equal but not the same is written again. */
  isSame(stored: StoredHeadLog, made: Making): boolean;
  write(made: Making): void;
}>;

/** By its place in the log if it is there: 0: there is none, 1: it is not there, 2: the first. */
const writeEarned = (made: Making): void => {
  const { earned } = made.lead.tally;
  if (earned === undefined) {
    writer.byte(0);
    return;
  }
  const place = placeOf(earned.id, made);
  writer.whole(place + 2);
  if (place < 0) writer.hex(earned.id);
  writer.signed(made.base - earned.at);
};

const parts: readonly Part[] = [
  {
    isSame: (stored, { lead }) => stored.lead.tally.periods === lead.tally.periods,
    write: ({ lead, base }) => writeNumbered(writer, lead.tally.periods, periodCodec, base),
  },
  {
    isSame: (stored, { lead }) => stored.lead.tally.assets === lead.tally.assets,
    write: ({ lead, base }) => writeNumbered(writer, lead.tally.assets, assetsCodec, base),
  },
  {
    isSame: (stored, { lead }) => stored.lead.tally.patterns === lead.tally.patterns,
    write: ({ lead, base }) => writeNumbered(writer, lead.tally.patterns, patternCodec, base),
  },
  {
    isSame: (stored, { lead }) => isSameStanding(stored.lead, lead),
    write: ({ lead, base }) => writeStanding(writer, lead, base),
  },
  {
    isSame: (stored, { log }) => stored.watermark === log.watermark,
    write: ({ log, base }) => writeKey(writer, log.watermark, base),
  },
  {
    isSame: (stored, { lead, kept }) => kept !== undefined && stored.lead.tally.earned === lead.tally.earned,
    write: writeEarned,
  },
];

/** Neighbours that stay the same are copied together. */
export const writeParts = (made: Making, from: StoredHeadLog | undefined): void => {
  let same = 0;
  for (let i = 0; i <= parts.length; i++) {
    const part = parts[i];
    if (part !== undefined && from !== undefined && part.isSame(from, made)) {
      same++;
      continue;
    }
    if (from !== undefined && same > 0)
      writer.copy(from.reader.bytes, from.places[i - same] ?? 0, from.places[i] ?? 0);
    same = 0;
    part?.write(made);
  }
};

type Earned = Readonly<{ place: number; id: string | undefined; at: number }>;

export const readEarned = (reader: ByteReader, base: number): Earned | undefined => {
  const place = reader.whole() - 2;
  if (place === -2) return undefined;
  return { place, id: place < 0 ? reader.hex(8) : undefined, at: base - reader.signed() };
};
