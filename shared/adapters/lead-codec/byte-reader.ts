import { eightBytes, oneDouble } from './byte-writer.ts';

/** What was stored is not what this release, or any before it, would have written. */
export class UnreadableBytesError extends Error {
  override readonly name = 'UnreadableBytesError';
}

/** The code of a digit. */
const digit = (half: number): number => half + (half < 10 ? 48 : 87);

/** Whether `bytes` has, from `at` on, the first `length` ones of another. */
export const areAt = (wanted: Uint8Array, length: number, bytes: Uint8Array, at: number): boolean => {
  for (let i = 0; i < length; i++) if (wanted[i] !== bytes[at + i]) return false;
  return true;
};

/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  readonly bytes: Buffer;
  /** Where the next byte is. */
  at = 0;
  /** Times are told by what passed until this one, epoch milliseconds. */
  base = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  byte(): number {
    return this.bytes[this.at++] ?? endsTooEarly();
  }

  whole(): number {
    const first = this.byte();
    return first < 0x80 ? first : this.#goOn(first & 0x7f, 7);
  }

  signed(): number {
    const first = this.byte();
    const start = (first & 0x7f) >> 1;
    const size = first < 0x80 ? start : this.#goOn(start, 6);
    return first & 1 ? -size : size;
  }

  /** With what the first byte said, so many bits. The first 28 are put together as integers, which is faster. */
  #goOn(start: number, bits: number): number {
    let value = start;
    let shift = bits;
    for (; shift < 24; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    let weight = 2 ** shift;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 128;
    }
  }

  /** Whole or signed. */
  skipWhole(): void {
    while (this.byte() >= 0x80);
  }

  uint32(): number {
    const start = this.skip(4);
    return this.bytes.readUInt32LE(start);
  }

  double(): number {
    const start = this.skip(8);
    for (let i = 0; i < 8; i++) eightBytes[i] = this.bytes[start + i] ?? 0;
    return oneDouble[0] ?? 0;
  }

  hex(bytes: number): string {
    const start = this.skip(bytes);
    return bytes === 8 ? this.referenceAt(start) : this.bytes.toString('hex', start, start + bytes);
  }

  /** Eight bytes as digits, as most are: a native call takes longer. */
  referenceAt(start: number): string {
    const { bytes } = this;
    const high = bytes.readUInt32BE(start);
    const low = bytes.readUInt32BE(start + 4);
    return String.fromCharCode(
      digit(high >>> 28),
      digit((high >>> 24) & 15),
      digit((high >>> 20) & 15),
      digit((high >>> 16) & 15),
      digit((high >>> 12) & 15),
      digit((high >>> 8) & 15),
      digit((high >>> 4) & 15),
      digit(high & 15),
      digit(low >>> 28),
      digit((low >>> 24) & 15),
      digit((low >>> 20) & 15),
      digit((low >>> 16) & 15),
      digit((low >>> 12) & 15),
      digit((low >>> 8) & 15),
      digit((low >>> 4) & 15),
      digit(low & 15),
    );
  }

  /** Its length comes first. */
  text(): string {
    const bytes = this.whole();
    const start = this.skip(bytes);
    return this.bytes.toString('utf8', start, start + bytes);
  }

  /** Returns where they began. */
  skip(bytes: number): number {
    const start = this.at;
    this.at += bytes;
    if (this.at > this.bytes.length) endsTooEarly();
    return start;
  }
}

const endsTooEarly = (): never => {
  throw new UnreadableBytesError('it ends too early');
};
