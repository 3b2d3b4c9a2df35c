import { type ByNumber, NumberedList } from '../../domain/fold/by-number.ts';
import type { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** How one of them is told: by four bits, and what follows them. Times by what passed until `base`. */
export type ValueCodec<T> = Readonly<{
  bitsOf(value: T): number;
  write(writer: ByteWriter, value: T, base: number): void;
  read(reader: ByteReader, base: number, bits: number): T;
  skip(reader: ByteReader, bits: number): void;
}>;

/** The other half of the first byte of each: how much higher its number is than the one before. */
const higherShift = 4;
const ownBits = 15;
/** It does not fit, and follows. */
const far = 15;

const readHigher = (first: number, reader: ByteReader): number => {
  const higher = first >> higherShift;
  return higher === far ? reader.whole() : higher;
};

/** In the bytes of an item: only the one that is asked for is read. */
export class StoredNumbered<T> implements ByNumber<T> {
  readonly codec: ValueCodec<T>;
  readonly #reader: ByteReader;
  readonly #from: number;
  readonly #until: number;

  /** The reader is behind them then. */
  constructor(reader: ByteReader, codec: ValueCodec<T>) {
    this.codec = codec;
    const length = reader.whole();
    this.#reader = reader;
    this.#from = reader.skip(length);
    this.#until = reader.at;
  }

  get base(): number {
    return this.#reader.base;
  }

  of(wanted: number): T | undefined {
    const reader = this.#reader;
    reader.at = this.#from;
    for (let number = 0; reader.at < this.#until; ) {
      const first = reader.byte();
      number += readHigher(first, reader);
      if (number === wanted) return this.codec.read(reader, reader.base, first & ownBits);
      if (number > wanted) return undefined;
      this.codec.skip(reader, first & ownBits);
    }
    return undefined;
  }

  with(number: number, value: T): ByNumber<T> {
    return new ChangedNumbered(this, number, value);
  }

  get all(): ByNumber<T>['all'] {
    const reader = this.#reader;
    const all: (readonly [number, T])[] = [];
    reader.at = this.#from;
    for (let number = 0; reader.at < this.#until; ) {
      const first = reader.byte();
      number += readHigher(first, reader);
      all.push([number, this.codec.read(reader, reader.base, first & ownBits)]);
    }
    return all;
  }

  toJSON(): unknown {
    return { all: this.all };
  }

  /** With another value of one of them. */
  writeWith(writer: ByteWriter, changed: number, value: T): void {
    const reader = this.#reader;
    const put = beginNumbered(this.codec, reader.base);
    reader.at = this.#from;
    let isPut = false;
    for (let number = 0; reader.at < this.#until; ) {
      const first = reader.byte();
      number += readHigher(first, reader);
      const start = reader.at;
      this.codec.skip(reader, first & ownBits);
      if (!isPut && number >= changed) {
        put(changed, value);
        isPut = true;
      }
      if (number === changed) continue;
      putHeader(number, first & ownBits);
      body.copy(reader.bytes, start, reader.at);
    }
    if (!isPut) put(changed, value);
    endNumbered(writer);
  }
}

/** With one that is not as it was read. */
class ChangedNumbered<T> implements ByNumber<T> {
  readonly stored: StoredNumbered<T>;
  readonly number: number;
  readonly value: T;

  constructor(stored: StoredNumbered<T>, number: number, value: T) {
    this.stored = stored;
    this.number = number;
    this.value = value;
  }

  of(number: number): T | undefined {
    return number === this.number ? this.value : this.stored.of(number);
  }

  with(number: number, value: T): ByNumber<T> {
    return number === this.number
      ? new ChangedNumbered(this.stored, number, value)
      : new NumberedList(this.all).with(number, value);
  }

  get all(): ByNumber<T>['all'] {
    return new NumberedList(this.stored.all).with(this.number, this.value).all;
  }

  toJSON(): unknown {
    return { all: this.all };
  }
}

// Encoding never waits, so one is enough.
const body = new ByteWriter();
let before = 0;

const putHeader = (number: number, bits: number): void => {
  if (bits < 0 || bits > ownBits) throw new RangeError(`${bits} are more than four bits`);
  const higher = number - before;
  before = number;
  body.byte((Math.min(higher, far) << higherShift) | bits);
  if (higher >= far) body.whole(higher);
};

const beginNumbered = <T>(codec: ValueCodec<T>, base: number) => {
  body.restart();
  before = 0;
  return (number: number, value: T): void => {
    putHeader(number, codec.bitsOf(value));
    codec.write(body, value, base);
  };
};

/** How long all are, and then each. */
const endNumbered = (writer: ByteWriter): void => {
  writer.whole(body.length);
  writer.append(body);
};

export const writeNumbered = <T>(
  writer: ByteWriter,
  list: ByNumber<T>,
  codec: ValueCodec<T>,
  base: number,
): void => {
  if (list instanceof ChangedNumbered && list.stored.base === base) {
    list.stored.writeWith(writer, list.number, list.value);
    return;
  }
  const put = beginNumbered(codec, base);
  for (const [number, value] of list.all) put(number, value);
  endNumbered(writer);
};
