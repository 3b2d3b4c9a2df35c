/** By the code of a character; 255: it is no hexadecimal digit. */
const digitOf = new Uint8Array(128).fill(255);
for (let digit = 0; digit < 16; digit++) digitOf[digit.toString(16).charCodeAt(0)] = digit;

/** One number, and its bytes: all processors that this runs on put the lowest first, as bytes here are. */
export const oneDouble = new Float64Array(1);
export const eightBytes = new Uint8Array(oneDouble.buffer);

/** Bytes of a buffer out of which many are taken. */
const shared = 16 * 1024;

/** What two digits of a text say; above 255: they are none. */
export const byteOfHex = (text: string, at: number): number => {
  const high = digitOf[text.charCodeAt(at)] ?? 255;
  const low = digitOf[text.charCodeAt(at + 1)] ?? 255;
  return high * 16 + low;
};

const none = Buffer.alloc(0);

/** Bytes one after the other, in a buffer that grows and is used again. */
export class ByteWriter {
  bytes: Buffer = none;
  /** Where the next byte goes: so many there are since the start, if nothing was taken. */
  length = 0;
  #start = 0;

  restart(): void {
    this.length = this.#start;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Whole, 0 to 2^53 - 1: seven bits to a byte, the lowest first. */
  whole(value: number): void {
    if (!(value >= 0 && Number.isSafeInteger(value))) throw new RangeError(`${value} is no whole number`);
    this.#reserve(8);
    this.#goOn(value);
  }

  /** Whole, of either sign, up to 2^52: small ones are short. The sign is the lowest bit of the first byte. */
  signed(value: number): void {
    const size = Math.abs(value);
    if (!Number.isSafeInteger(size)) throw new RangeError(`${value} is no whole number`);
    this.#reserve(9);
    const more = Math.floor(size / 64);
    const first = ((size - 64 * more) << 1) | (value < 0 ? 1 : 0);
    this.bytes[this.length++] = more === 0 ? first : first | 0x80;
    if (more !== 0) this.#goOn(more);
  }

  #goOn(value: number): void {
    const { bytes } = this;
    let end = this.length;
    // Integers of 31 bits are faster to take apart.
    const high = Math.floor(value / 0x10000000);
    let left = value - high * 0x10000000;
    if (high > 0) {
      for (let i = 0; i < 4; i++) {
        bytes[end++] = (left & 0x7f) | 0x80;
        left >>>= 7;
      }
      left = high;
    }
    while (left >= 0x80) {
      bytes[end++] = (left & 0x7f) | 0x80;
      left >>>= 7;
    }
    bytes[end++] = left;
    this.length = end;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.length = this.bytes.writeUInt32LE(value, this.length);
  }

  double(value: number): void {
    this.#reserve(8);
    const { bytes } = this;
    let end = this.length;
    oneDouble[0] = value;
    for (let i = 0; i < 8; i++) bytes[end++] = eightBytes[i] ?? 0;
    this.length = end;
  }

  /** Two digits to a byte. */
  hex(digits: string): void {
    this.#reserve(digits.length / 2);
    const { bytes } = this;
    let end = this.length;
    for (let i = 0; i < digits.length; i += 2) {
      const byte = byteOfHex(digits, i);
      if (byte > 255) throw new RangeError('not hexadecimal');
      bytes[end++] = byte;
    }
    this.length = end;
  }

  /** Its length in bytes, and the text. */
  text(text: string): void {
    this.whole(Buffer.byteLength(text));
    this.characters(text);
  }

  /** Without its length. */
  characters(text: string): void {
    this.#reserve(3 * text.length);
    // Native calls are dear, and most texts short.
    const { bytes } = this;
    let end = this.length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) {
        this.length += bytes.write(text, this.length);
        return;
      }
      bytes[end++] = unit;
    }
    this.length = end;
  }

  /** What is there from one place to before another one. */
  copy(bytes: Buffer, from: number, until: number): void {
    const more = until - from;
    this.#reserve(more);
    // Native calls are dear.
    if (more > 24) bytes.copy(this.bytes, this.length, from, until);
    else for (let i = 0; i < more; i++) this.bytes[this.length + i] = bytes[from + i] ?? 0;
    this.length += more;
  }

  /** What the other one has written since its start. */
  append({ bytes, length }: ByteWriter): void {
    this.copy(bytes, 0, length);
  }

  /** What was written since the start. The next start is behind it: nothing is copied, many share one buffer. */
  take(): Buffer {
    const taken = this.bytes.subarray(this.#start, this.length);
    this.#start = this.length;
    return taken;
  }

  #reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const written = this.length - this.#start;
    const larger = Buffer.allocUnsafeSlow(Math.max(shared, 2 * (written + more)));
    this.bytes.copy(larger, 0, this.#start, this.length);
    this.bytes = larger;
    this.#start = 0;
    this.length = written;
  }
}
