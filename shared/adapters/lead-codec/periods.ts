import type { Tally } from '../../domain/fold/tally.ts';
import { DAY } from '../../domain/time.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

type Period = Tally['periods'][number];

/**
 * The number of a period is nearly known from the time of its first engagement, but for the zone. So a byte tells how it
 * may be guessed, and what the guess is wrong by; the last one, that the number follows. Which rule counts days and which
 * weeks does not matter: what comes out is the number that was written, or it is written out.
 */
const guesses: readonly ((at: number) => number)[] = [
  (at) => Math.floor(at / DAY),
  // From the Monday before the epoch on.
  (at) => Math.floor((at / DAY + 3) / 7),
  () => 0,
  (at) => {
    const date = new Date(at);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  },
];
const guessed = (i: number, at: number): number => guesses[i]?.(at) ?? 0;
const writtenOut = 3 * guesses.length;

/** Such a code takes half a byte; the other half tells how much higher the rule's number is than the one before. */
const codes = 16;
const notNear = 15;

/** Times are told as what passed until `ref`. */
export const writePeriods = (writer: ByteWriter, periods: readonly Period[], ref: number): void => {
  writer.whole(periods.length);
  let before = 0;
  for (const { rule, period, at } of periods) {
    const code = codeOf(period, at);
    const isNear = rule >= before && rule < before + notNear;
    writer.byte(code + codes * (isNear ? rule - before : notNear));
    if (!isNear) writer.whole(rule);
    before = rule;
    if (code === writtenOut) writer.signed(period);
    writer.whole(ref - at);
  }
};

const codeOf = (period: number, at: number): number => {
  for (let i = 0; i < guesses.length; i++) {
    const wrongBy = period - guessed(i, at);
    if (wrongBy >= -1 && wrongBy <= 1) return 3 * i + 1 + wrongBy;
  }
  return writtenOut;
};

export const readPeriods = (reader: ByteReader, ref: number): Period[] => {
  const periods: Period[] = [];
  let rule = 0;
  for (let left = reader.whole(); left > 0; left--) {
    const byte = reader.byte();
    const higher = Math.floor(byte / codes);
    const code = byte % codes;
    rule = higher === notNear ? reader.whole() : rule + higher;
    const written = code === writtenOut ? reader.signed() : undefined;
    const at = ref - reader.whole();
    periods.push({ rule, period: written ?? guessed(Math.floor(code / 3), at) + (code % 3) - 1, at });
  }
  return periods;
};
