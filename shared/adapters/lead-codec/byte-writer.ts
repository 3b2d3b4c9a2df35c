/** By the code of a character; 255: it is no hexadecimal digit. */
const digitOf = new Uint8Array(128).fill(255);
for (let digit = 0; digit < 16; digit++) digitOf[digit.toString(16).charCodeAt(0)] = digit;

/** Bytes one after the other, in a buffer that grows and is used again. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(2048);
  #end = 0;

  restart(): void {
    this.#end = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#end++] = value;
  }

  /** Whole, 0 to 2^53 - 1: seven bits to a byte, the lowest first. */
  whole(value: number): void {
    if (!(value >= 0 && Number.isSafeInteger(value))) throw new RangeError(`${value} is no whole number`);
    this.#reserve(8);
    const bytes = this.#bytes;
    let end = this.#end;
    let left = value;
    while (left >= 0x80000000) {
      bytes[end++] = (left % 128) | 0x80;
      left = Math.floor(left / 128);
    }
    while (left >= 0x80) {
      bytes[end++] = (left & 0x7f) | 0x80;
      left >>>= 7;
    }
    bytes[end++] = left;
    this.#end = end;
  }

  /** Whole, of either sign, up to 2^52: small ones are short. */
  signed(value: number): void {
    this.whole(value < 0 ? -2 * value - 1 : 2 * value);
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#end = this.#bytes.writeUInt32LE(value, this.#end);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#end = this.#bytes.writeDoubleLE(value, this.#end);
  }

  /** Two digits to a byte. */
  hex(digits: string): void {
    this.#reserve(digits.length / 2);
    const bytes = this.#bytes;
    let end = this.#end;
    let all = 0;
    for (let i = 0; i < digits.length; i += 2) {
      const high = digitOf[digits.charCodeAt(i)] ?? 255;
      const low = digitOf[digits.charCodeAt(i + 1)] ?? 255;
      all |= high | low;
      bytes[end++] = (high << 4) | low;
    }
    if (all > 15) throw new RangeError('not hexadecimal');
    this.#end = end;
  }

  /** Its length in bytes, and the text. */
  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.whole(length);
    this.#reserve(length);
    // Native calls are dear, and most texts short.
    const bytes = this.#bytes;
    const end = this.#end;
    if (length === text.length) for (let i = 0; i < length; i++) bytes[end + i] = text.charCodeAt(i);
    else bytes.write(text, end);
    this.#end = end + length;
  }

  /** A copy of what was written since the last start, and behind it of what was written by the other one. */
  takenWith(other: ByteWriter): Uint8Array {
    const copy = Buffer.allocUnsafe(this.#end + other.#end);
    this.#bytes.copy(copy, 0, 0, this.#end);
    other.#bytes.copy(copy, this.#end, 0, other.#end);
    return copy;
  }

  #reserve(more: number): void {
    const needed = this.#end + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * needed);
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
