/** What was stored is not what this release, or any before it, would have written. */
export class UnreadableBytesError extends Error {
  override readonly name = 'UnreadableBytesError';
}

/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  readonly #bytes: Buffer;
  #next = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  byte(): number {
    const value = this.#bytes[this.#next++];
    if (value === undefined) throw new UnreadableBytesError('it ends too early');
    return value;
  }

  whole(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = this.byte();
      if (byte < 0x80) return value + byte * weight;
      value += (byte & 0x7f) * weight;
      weight *= 128;
    }
  }

  signed(): number {
    const whole = this.whole();
    return whole % 2 === 0 ? whole / 2 : -(whole + 1) / 2;
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#skip(4));
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#skip(8));
  }

  hex(bytes: number): string {
    const start = this.#skip(bytes);
    return this.#bytes.toString('hex', start, start + bytes);
  }

  /** Its length comes first. */
  text(): string {
    const bytes = this.whole();
    const start = this.#skip(bytes);
    return this.#bytes.toString('utf8', start, start + bytes);
  }

  /** Returns where they began. */
  #skip(bytes: number): number {
    const start = this.#next;
    this.#next += bytes;
    if (this.#next > this.#bytes.length) throw new UnreadableBytesError('it ends too early');
    return start;
  }
}
