import { areAt, type ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

const nothing: Buffer = Buffer.alloc(0);

/** Strings of bytes, each once, by their place: how long all are, and then of each how long it is, and its bytes. */
export class ByteTable {
  /** Those that are stored: from one place to before another one. */
  #stored = nothing;
  #from = 0;
  #until = 0;
  readonly #added = new ByteWriter();

  restart(): void {
    this.#stored = nothing;
    this.#from = 0;
    this.#until = 0;
    this.#added.restart();
  }

  /** With those that are stored, which it skips. */
  restartWith(reader: ByteReader): void {
    const bytes = reader.whole();
    this.#stored = reader.bytes;
    this.#from = reader.skip(bytes);
    this.#until = reader.at;
    this.#added.restart();
  }

  /** Of what was written; what is not there is added. */
  placeOf(wanted: ByteWriter): number {
    const stored = placeIn(this.#stored, this.#from, this.#until, wanted);
    if (stored >= 0) return stored;
    const added = this.#added;
    const place = placeIn(added.bytes, 0, added.length, wanted);
    if (place < 0) {
      added.whole(wanted.length);
      added.append(wanted);
    }
    return -stored - 1 + (place < 0 ? -place - 1 : place);
  }

  get isAsStored(): boolean {
    return this.#added.length === 0;
  }

  write(writer: ByteWriter): void {
    writer.whole(this.#until - this.#from + this.#added.length);
    writer.copy(this.#stored, this.#from, this.#until);
    writer.append(this.#added);
  }
}

/** Or, below 0, one less than minus how many there are. */
const placeIn = (bytes: Buffer, from: number, until: number, wanted: ByteWriter): number => {
  const { length, bytes: own } = wanted;
  const first = own[0];
  let place = 0;
  for (let at = from; at < until; place++) {
    let size = bytes[at++] ?? 0;
    if (size >= 0x80) size = (size & 0x7f) + 128 * (bytes[at++] ?? 0);
    if (size === length && (length === 0 || bytes[at] === first) && areAt(own, length, bytes, at))
      return place;
    at += size;
  }
  return -place - 1;
};

/** Reads each of a stored table; at the end of it when done. */
export const readTable = <T>(reader: ByteReader, readOne: (bytes: number) => T): T[] => {
  const bytes = reader.whole();
  const end = reader.at + bytes;
  const all: T[] = [];
  while (reader.at < end) all.push(readOne(reader.whole()));
  return all;
};
