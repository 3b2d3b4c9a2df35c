import type { EntryKey, RecentEntries, TimelineEntry } from '../../domain/timeline.ts';
import { type ByteReader, UnreadableBytesError } from './byte-reader.ts';
import { type ByteWriter, byteOfHex } from './byte-writer.ts';
import { readEntries, rest, shapes, times, words, writeRest } from './entry-bytes.ts';

/**
 * Entries in the bytes of an item: they are read when they are asked for, and whatever follows them is written behind
 * them. How many; when the last happened; the names of all, the times of all; words, shapes, and the rest of each, to the
 * end of the bytes.
 */
export class StoredLog implements RecentEntries {
  readonly length: number;
  readonly #reader: ByteReader;
  readonly #lastAt: number;
  readonly #namesAt: number;
  readonly #timesAt: number;
  readonly #wordsAt: number;
  #keys: readonly EntryKey[] | undefined;
  #all: readonly TimelineEntry[] | undefined;

  /** `near`: as they were written with. */
  constructor(reader: ByteReader, near: number) {
    this.#reader = reader;
    this.length = reader.whole();
    this.#lastAt = near - reader.signed();
    this.#namesAt = reader.skip(8 * this.length);
    const timeBytes = reader.whole();
    this.#timesAt = reader.skip(timeBytes);
    this.#wordsAt = reader.at;
  }

  has(id: string): boolean {
    return this.placeOf(id) >= 0;
  }

  /** -1: it is not there. */
  placeOf(id: string): number {
    const { bytes } = this.#reader;
    // Mostly the last byte tells them apart.
    const last = byteOfHex(id, id.length - 2);
    for (let place = 0, end = this.#namesAt + 7; place < this.length; place++, end += 8)
      if (bytes[end] === last && this.nameAt(place) === id) return place;
    return -1;
  }

  nameAt(place: number): string {
    if (place >= this.length) throw new UnreadableBytesError(`it has no engagement ${place}`);
    return this.#reader.referenceAt(this.#namesAt + 8 * place);
  }

  keys(): readonly EntryKey[] {
    this.#keys ??= this.#readKeys();
    return this.#keys;
  }

  #readKeys(): readonly EntryKey[] {
    const reader = this.#reader;
    const names = reader.bytes.toString('hex', this.#namesAt, this.#namesAt + 8 * this.length);
    const keys: EntryKey[] = [];
    reader.at = this.#timesAt;
    let at = reader.base;
    for (let i = 0; i < this.length; i++) {
      at += i === 0 ? reader.signed() : reader.whole();
      keys.push({ at, id: names.slice(16 * i, 16 * i + 16) });
    }
    return keys;
  }

  all(): readonly TimelineEntry[] {
    if (this.#all === undefined) {
      const keys = this.keys();
      this.#reader.at = this.#wordsAt;
      this.#all = readEntries(this.#reader, keys);
    }
    return this.#all;
  }

  /** Whether all of these happened after it. */
  isBefore([first]: readonly TimelineEntry[]): boolean {
    return first === undefined || (this.length > 0 && first.at > this.#lastAt);
  }

  /** The same, and behind it what happened after it. */
  writeWith(writer: ByteWriter, later: readonly TimelineEntry[], near: number): void {
    const reader = this.#reader;
    const { bytes } = reader;
    writer.whole(this.length + later.length);
    writer.signed(near - (later.at(-1)?.at ?? this.#lastAt));
    writer.copy(bytes, this.#namesAt, this.#namesAt + 8 * this.length);
    for (const { id } of later) writeReference(writer, id);
    reader.at = this.#wordsAt;
    words.restartWith(reader);
    shapes.restartWith(reader);
    const restAt = reader.at;
    writeRest(later, this.#lastAt, reader.base);
    writer.whole(this.#wordsAt - this.#timesAt + times.length);
    writer.copy(bytes, this.#timesAt, this.#wordsAt);
    writer.append(times);
    if (words.isAsStored && shapes.isAsStored) writer.copy(bytes, this.#wordsAt, bytes.length);
    else {
      words.write(writer);
      shapes.write(writer);
      writer.copy(bytes, restAt, bytes.length);
    }
    writer.append(rest);
  }
}

/** The first time is told by what passed since `base`, the last by what passed until `near`. */
export const writeLog = (
  writer: ByteWriter,
  entries: readonly TimelineEntry[],
  base: number,
  near: number,
): void => {
  writer.whole(entries.length);
  writer.signed(near - (entries.at(-1)?.at ?? near));
  for (const { id } of entries) writeReference(writer, id);
  words.restart();
  shapes.restart();
  writeRest(entries, undefined, base);
  writer.whole(times.length);
  writer.append(times);
  words.write(writer);
  shapes.write(writer);
  writer.append(rest);
};

const writeReference = (writer: ByteWriter, id: string): void => {
  if (id.length !== 16) throw new RangeError('an engagement whose name is no reference');
  writer.hex(id);
};
