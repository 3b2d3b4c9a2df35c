import { InvalidPolicyError, type PlacedProblem } from './policy-problem.ts';
import type { PolicySourceFile } from './read-policy.ts';
import { isHolidayRegion, resolveHolidays } from './resolve-holidays.ts';
import type { Policy, PolicyRules } from './schema.ts';

export type PolicyParts = Readonly<{
  source: PolicySourceFile;
  /** Compiled mails, by name. */
  texts: Policy['texts'];
  freeMailDomains: readonly string[];
  /** Holidays are resolved for this year and the next two. */
  year: number;
}>;

/**
 * What people wrote -> what is published.
 * @throws InvalidPolicyError if a campaign sends a text, or a calendar follows holidays, that do not exist.
 */
export const compilePolicy = ({ source, texts, freeMailDomains, year }: PolicyParts): Policy => {
  const problems = [...missingTexts(source, texts), ...unknownRegions(source)];
  if (problems.length > 0) throw new InvalidPolicyError(problems);
  return {
    ...source.rules,
    calendars: withHolidays(source.rules.calendars, year),
    format: 1,
    texts,
    freeMailDomains: [...new Set(freeMailDomains)].sort(),
  };
};

const missingTexts = ({ rules, place }: PolicySourceFile, texts: Policy['texts']): readonly PlacedProblem[] =>
  Object.entries(rules.campaigns).flatMap(([name, { steps }]) =>
    steps.flatMap(({ send }, i) =>
      texts[send] === undefined
        ? [place(['campaigns', name, 'steps', i, 'send'], 'names no text: write it in English and German')]
        : [],
    ),
  );

const unknownRegions = ({ rules, place }: PolicySourceFile): readonly PlacedProblem[] =>
  Object.entries(rules.calendars).flatMap(([name, { holidays }]) =>
    holidays.flatMap((region, i) =>
      isHolidayRegion(region)
        ? []
        : [place(['calendars', name, 'holidays', i], 'is not a country or region whose holidays are known')],
    ),
  );

const withHolidays = (calendars: PolicyRules['calendars'], year: number): PolicyRules['calendars'] =>
  Object.fromEntries(
    Object.entries(calendars).map(([name, calendar]) => [
      name,
      {
        ...calendar,
        closed: [...new Set([...calendar.closed, ...resolveHolidays(calendar.holidays, year)])].sort(),
      },
    ]),
  );
