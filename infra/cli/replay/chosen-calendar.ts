import type { Policy } from '../../../shared/policy/schema.ts';
import { UsageError } from '../usage-error.ts';
import type { NamedCalendar } from './wait-figures.ts';

/**
 * The calendar whose open hours are counted: the one named, else the policy's first.
 * @throws UsageError, with those that there are.
 */
export const chosenCalendar = (
  { calendars }: Pick<Policy, 'calendars'>,
  wanted: string | undefined,
): NamedCalendar => {
  const name = wanted ?? Object.keys(calendars)[0] ?? '';
  const calendar = Object.hasOwn(calendars, name) ? calendars[name] : undefined;
  if (calendar !== undefined) return { name, calendar };
  throw new UsageError(
    `The policy has no calendar ${name}: name one of ${Object.keys(calendars).join(', ')}.`,
  );
};
