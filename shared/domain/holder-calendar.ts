import type { Calendar, Policy } from '../policy/schema.ts';
import { personOf, type Roster, teamOf } from './roster.ts';

/** A policy without any calendar, or a roster without any team: nobody can be given a deadline. */
export class NobodyToAskError extends Error {
  override readonly name = 'NobodyToAskError';
}

/**
 * The hours that a holder's deadlines count in: their own calendar, else the team's. One that the policy does not have
 * is replaced by its first, so that a slip in the roster stops no clock.
 * @throws NobodyToAskError if the policy has no calendar.
 */
export const calendarOf = (
  { calendars }: Pick<Policy, 'calendars'>,
  roster: Roster,
  team: string | undefined,
  holder: string | undefined,
): Calendar => {
  const named = [personOf(roster, holder)?.calendar, teamOf(roster, team)?.calendar].flatMap(
    (name) => (name === undefined ? undefined : calendars[name]) ?? [],
  );
  const calendar = named[0] ?? Object.values(calendars)[0];
  if (calendar === undefined) throw new NobodyToAskError('the policy has no calendar');
  return calendar;
};
