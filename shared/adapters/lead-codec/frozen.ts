import type { EntryKey } from '../../domain/timeline.ts';
import type { ByteReader } from './byte-reader.ts';
import { type Making, writer } from './making.ts';

/** How many bytes, and in them a bit for each that is in the log. */
export const writeFrozen = (made: Making): void => {
  const { log, kept, entries } = made;
  if (log.frozen.size === 0) {
    writer.byte(0);
    return;
  }
  const keys: readonly EntryKey[] = kept === undefined ? entries : [...kept.keys(), ...entries];
  writer.whole((keys.length + 7) >> 3);
  for (let i = 0; i < keys.length; i += 8) {
    let bits = 0;
    for (let j = 0; j < 8; j++) if (log.frozen.has(keys[i + j]?.id ?? '')) bits |= 1 << j;
    writer.byte(bits);
  }
};

export const readFrozen = (reader: ByteReader): readonly number[] | undefined => {
  const bytes = reader.whole();
  if (bytes === 0) return undefined;
  const places: number[] = [];
  for (let i = 0; i < bytes; i++) {
    const bits = reader.byte();
    for (let j = 0; j < 8; j++) if (bits & (1 << j)) places.push(8 * i + j);
  }
  return places;
};
