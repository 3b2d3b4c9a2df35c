import type { EntryKey } from '../../domain/timeline.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const isHex = (text: string): boolean => text.length % 2 === 0 && /^[0-9a-f]+$/.test(text);

/** Hexadecimal ones take half their length: that is what the first byte counts, others begin with 0. */
export const writeName = (writer: ByteWriter, name: string): void => {
  if (isHex(name)) {
    writer.whole(name.length / 2);
    writer.hex(name);
  } else {
    writer.whole(0);
    writer.text(name);
  }
};

export const readName = (reader: ByteReader): string => {
  const bytes = reader.whole();
  return bytes === 0 ? reader.text() : reader.hex(bytes);
};

/** Its time is told as what passed until `base`. */
export const writeKey = (writer: ByteWriter, key: EntryKey | undefined, base: number): void => {
  writer.byte(key === undefined ? 0 : 1);
  if (key === undefined) return;
  writer.signed(base - key.at);
  writer.hex(key.id);
};

export const readKey = (reader: ByteReader, base: number): EntryKey | undefined =>
  reader.byte() === 0 ? undefined : { at: base - reader.signed(), id: reader.hex(8) };
