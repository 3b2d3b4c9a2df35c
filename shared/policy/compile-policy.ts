import { domainListOf } from '../domain/domain-list.ts';
import { locales } from '../domain/locale.ts';
import { noLeadMailVariables } from '../emails/lead-mail-variables.ts';
import { renderMail } from '../emails/render-mail.ts';
import { knownNames } from './closest-name.ts';
import { isDomainFile } from './domain-files.ts';
import { mailboxLists } from './mailbox-lists.ts';
import { InvalidPolicyError, type PlacedProblem } from './policy-problem.ts';
import type { PolicySourceFile } from './read-policy.ts';
import { isHolidayRegion, resolveHolidays } from './resolve-holidays.ts';
import type { Policy, PolicyRules } from './schema.ts';

export type PolicyParts = Readonly<{
  source: PolicySourceFile;
  /** Compiled mails, by name. */
  texts: Policy['texts'];
  /** What corrects the lists of libraries, as `mailboxLists` takes it. */
  freeMailDomains: readonly string[];
  /** Lists of one's own, by the names of their files. */
  ownDomains?: Readonly<Record<string, readonly string[]>>;
  /** Holidays are resolved for this year and the next two. */
  year: number;
}>;

/**
 * What people wrote -> what is published.
 * @throws InvalidPolicyError if a campaign sends a text that does not exist or is not for leads, or if a calendar follows
 * holidays that nobody knows, or if a list of domains is missing.
 */
export const compilePolicy = (parts: PolicyParts): Policy => {
  const { source, texts, freeMailDomains, ownDomains = {}, year } = parts;
  const problems = [
    ...textProblems(source, texts),
    ...unknownRegions(source),
    ...missingLists(source, ownDomains),
  ];
  if (problems.length > 0) throw new InvalidPolicyError(problems);
  return {
    ...source.rules,
    calendars: withHolidays(source.rules.calendars, year),
    format: 1,
    texts,
    domains: { ...mailboxLists(freeMailDomains), own: ownLists(ownDomains) },
  };
};

const textProblems = ({ rules, place }: PolicySourceFile, texts: Policy['texts']): readonly PlacedProblem[] =>
  Object.entries(rules.campaigns).flatMap(([name, { steps }]) =>
    steps.flatMap(({ send }, i) => {
      const text = texts[send];
      const problem =
        text === undefined
          ? `is ${send}, which names no text: write ${send}.en.md and ${send}.de.md, or choose another: ${knownNames(send, new Set(Object.keys(texts)))}`
          : isForLeads(text)
            ? undefined
            : `is ${send}, a text for staff: it says what leads must not read`;
      return problem === undefined ? [] : [place(['campaigns', name, 'steps', i, 'send'], problem)];
    }),
  );

/** Texts for staff have variables of their own, which a mail to a lead lacks. */
const isForLeads = (text: Policy['texts'][string]): boolean =>
  locales.every((locale) => {
    try {
      renderMail(text[locale], { ...noLeadMailVariables(locale), ...someLinks });
      return true;
    } catch {
      return false;
    }
  });

const someLinks = { confirmUrl: 'https://example.com', unsubscribeUrl: 'https://example.com' };

const unknownRegions = ({ rules, place }: PolicySourceFile): readonly PlacedProblem[] =>
  Object.entries(rules.calendars).flatMap(([name, { holidays }]) =>
    holidays.flatMap((region, i) =>
      isHolidayRegion(region)
        ? []
        : [
            place(
              ['calendars', name, 'holidays', i],
              `is ${region}, which is not a country or region whose holidays are known: write DE or DE-BY`,
            ),
          ],
    ),
  );

const missingLists = (
  { rules, place }: PolicySourceFile,
  lists: NonNullable<PolicyParts['ownDomains']>,
): readonly PlacedProblem[] =>
  rules.exclude.domains.flatMap((entry, i) =>
    isDomainFile(entry) && lists[entry] === undefined
      ? [
          place(
            ['exclude', 'domains', i],
            `is ${entry}, which does not lie beside the policy: put it there, one domain a line, or leave it out`,
          ),
        ]
      : [],
  );

const ownLists = (lists: NonNullable<PolicyParts['ownDomains']>): Policy['domains']['own'] =>
  Object.fromEntries(Object.entries(lists).map(([file, domains]) => [file, domainListOf(domains)]));

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
