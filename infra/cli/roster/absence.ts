import type { Person, Roster } from '../../../shared/domain/roster.ts';
import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import { startOfDay } from '../../../shared/domain/zoned-time.ts';
import { UsageError } from '../usage-error.ts';

/** Half-open: away from the first moment, back at the second. */
export type Absence = Person['away'][number];

/**
 * A day (its beginning in the person's zone) or an instant with its offset -> an instant as they are written everywhere.
 * @throws UsageError
 */
export const momentOf = (text: string, zone: string): Instant => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const midnight = Date.parse(`${text}T00:00:00.000Z`);
    // 30 February is read as a day in March.
    if (!Number.isNaN(midnight) && instantOf(midnight).startsWith(text)) return startOfDay(zone, text);
  }
  const epochMs = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(epochMs))
    throw new UsageError(`"${text}" is no time: write a day, 2026-12-24, or 2026-12-24T12:00+01:00.`);
  return instantOf(epochMs);
};

/**
 * One more absence; the same again changes nothing, and those that are over are dropped. Undefined: all are taken out.
 * @throws UsageError if nobody has that id.
 */
export const withAbsence = (
  roster: Roster,
  id: string,
  absence: Absence | undefined,
  now: Instant,
): Roster => {
  if (!roster.people.some((person) => person.id === id))
    throw new UsageError(
      `Nobody in the roster has the id ${id}: known are ${roster.people.map((person) => person.id).join(', ')}.`,
    );
  const awayOf = ({ away }: Person): readonly Absence[] => {
    if (absence === undefined) return [];
    const others = away.filter(
      ({ from, until }) => until > now && !(from === absence.from && until === absence.until),
    );
    return [...others, absence].toSorted((a, b) => (a.from < b.from ? -1 : 1));
  };
  return {
    ...roster,
    people: roster.people.map((person) =>
      person.id === id ? { ...person, away: [...awayOf(person)] } : person,
    ),
  };
};
