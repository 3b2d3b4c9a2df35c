import type { PatternTally } from '../../domain/fold/tally.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ValueCodec } from './numbered.ts';

/** Bits: whether it was paid, and how many values there are. */
const isPaid = 1;
const countShift = 1;
/** So many, or more: how many follows. */
const many = 7;

const countIn = (reader: ByteReader, bits: number): number => {
  const count = bits >> countShift;
  return count === many ? reader.whole() : count;
};

export const patternCodec: ValueCodec<PatternTally> = {
  bitsOf: ({ paidAt, values }) =>
    (Math.min(values.length, many) << countShift) | (paidAt === undefined ? 0 : isPaid),
  write(writer, { paidAt, values }, base) {
    if (values.length >= many) writer.whole(values.length);
    if (paidAt !== undefined) writer.signed(base - paidAt);
    for (const { value, at } of values) {
      writer.signed(value);
      writer.signed(base - at);
    }
  },
  read(reader, base, bits) {
    const count = countIn(reader, bits);
    const paidAt = bits & isPaid ? base - reader.signed() : undefined;
    const values: PatternTally['values'][number][] = [];
    for (let left = count; left > 0; left--)
      values.push({ value: reader.signed(), at: base - reader.signed() });
    return paidAt === undefined ? { values } : { paidAt, values };
  },
  skip(reader, bits) {
    for (let left = 2 * countIn(reader, bits) + (bits & isPaid); left > 0; left--) reader.skipWhole();
  },
};
