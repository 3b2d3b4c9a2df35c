import Holidays from 'date-holidays';

/** Countries and regions for which holidays are known: `DE`, `DE-BY`. */
export const isHolidayRegion = (region: string): boolean => {
  const [country = '', state] = region.split('-');
  const known = new Holidays();
  return (
    country in known.getCountries() && (state === undefined || state in (known.getStates(country) ?? {}))
  );
};

/**
 * Days (YYYY-MM-DD, sorted) on which nobody works in all of `regions`' sense: the public holidays of each of them in
 * the three years from `year`. Bank holidays such as 24 December are working days unless a calendar closes them.
 * Their dates come from date-holidays (CC BY-SA 3.0).
 */
export const resolveHolidays = (regions: readonly string[], year: number): readonly string[] => {
  const days = regions.flatMap((region) => {
    const [country = '', state] = region.split('-');
    const calendar = state === undefined ? new Holidays(country) : new Holidays(country, state);
    return [year, year + 1, year + 2].flatMap((each) =>
      calendar
        .getHolidays(each)
        .filter(({ type }) => type === 'public')
        .map(({ date }) => date.slice(0, 10)),
    );
  });
  return [...new Set(days)].sort();
};
