import type { Tally } from '../../domain/fold/tally.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** Which ones are not 0, eight to a byte, and those. */
export const writeSums = (writer: ByteWriter, sums: Tally['sums']): void => {
  writer.whole(sums.length);
  let used = 0;
  for (let i = 0; i < sums.length; i++) {
    if (isThere(sums[i] ?? 0)) used |= 1 << (i & 7);
    if ((i & 7) === 7 || i === sums.length - 1) {
      writer.byte(used);
      used = 0;
    }
  }
  for (const sum of sums) if (isThere(sum)) writer.double(sum);
};

/** -0 comes back as -0. */
const isThere = (sum: number): boolean => sum !== 0 || 1 / sum < 0;

export const readSums = (reader: ByteReader): number[] => {
  const length = reader.whole();
  const usedAt = reader.skip((length + 7) >> 3);
  const sums: number[] = [];
  for (let i = 0; i < length; i++) {
    const used = reader.bytes[usedAt + (i >> 3)] ?? 0;
    sums.push(used & (1 << (i & 7)) ? reader.double() : 0);
  }
  return sums;
};
