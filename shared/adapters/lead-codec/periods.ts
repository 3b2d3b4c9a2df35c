import type { PeriodPaid } from '../../domain/fold/tally.ts';
import { DAY } from '../../domain/time.ts';
import type { ValueCodec } from './numbered.ts';

/**
 * The number of a period is nearly known from the time of its first engagement, but for the zone. So four bits tell how
 * it may be guessed, and what the guess is wrong by; the last one, that the number follows. Which rule counts days and which
 * weeks does not matter: what comes out is the number that was written, or it is written out.
 */
const guessed = (guess: number, at: number): number => {
  switch (guess) {
    case 0:
      return Math.floor(at / DAY);
    case 1:
      // From the Monday before the epoch on.
      return Math.floor((at / DAY + 3) / 7);
    case 2:
      return 0;
    default: {
      const date = new Date(at);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    }
  }
};
const guesses = 4;
const writtenOut = 3 * guesses;

const codeOf = ({ period, at }: PeriodPaid): number => {
  for (let guess = 0; guess < guesses; guess++) {
    const wrongBy = period - guessed(guess, at);
    if (wrongBy >= -1 && wrongBy <= 1) return 3 * guess + 1 + wrongBy;
  }
  return writtenOut;
};

export const periodCodec: ValueCodec<PeriodPaid> = {
  bitsOf: codeOf,
  write(writer, paid, base) {
    if (codeOf(paid) === writtenOut) writer.signed(paid.period);
    writer.signed(base - paid.at);
  },
  read(reader, base, code) {
    const written = code === writtenOut ? reader.signed() : 0;
    const at = base - reader.signed();
    const guess = Math.floor(code / 3);
    return { period: code === writtenOut ? written : guessed(guess, at) + code - 3 * guess - 1, at };
  },
  skip(reader, code) {
    if (code === writtenOut) reader.skipWhole();
    reader.skipWhole();
  },
};
