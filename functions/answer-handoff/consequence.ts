import { type Instant, later } from '../../shared/domain/time.ts';
import type { RejectReason } from '../../shared/policy/schema.ts';
import type { Reader } from './answer-reader.ts';

/** What a reason for rejection leads to, in words: the end of the rest as a date, if it is known already. */
export const consequenceOf = (
  { do: act, rest, askUntil }: RejectReason,
  { words, dateOf }: Reader,
  at: Instant,
  until?: Instant,
): string => {
  switch (act) {
    case 'disqualify':
      return words.disqualified;
    case 'reroute':
      return words.reroute;
    case 'recycle': {
      const end = until ?? (rest === undefined || rest === 0 ? undefined : later(at, rest));
      if (end !== undefined) return words.backUntil(dateOf(end));
      return askUntil ? words.backUntilNamed : words.back;
    }
  }
};
