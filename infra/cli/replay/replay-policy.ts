import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilePolicy } from '../../../shared/policy/compile-policy.ts';
import { readDomainFiles, readFreeMail } from '../../../shared/policy/domain-files.ts';
import { bundleOf } from '../../../shared/policy/policy-bundle.ts';
import { readPolicy } from '../../../shared/policy/read-policy.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { UsageError } from '../usage-error.ts';

export const shippedPolicy = fileURLToPath(
  new URL('../../../shared/policy/default/policy.yaml', import.meta.url),
);
const texts = fileURLToPath(new URL('../../../shared/emails/texts/', import.meta.url));

/** Holidays are resolved for so many years from the one that is asked for. */
const yearsResolved = 3;

/**
 * A policy as it would be published for these years, but for its mails: nobody reads them in a replay, so every text is
 * empty. `file` may be a folder with a `policy.yaml`.
 * @throws UsageError if there is none, InvalidPolicyError if it is not sound.
 */
export const replayPolicy = async (
  file: string,
  { firstYear, lastYear }: Readonly<{ firstYear: number; lastYear: number }>,
): Promise<PublishedPolicy> => {
  const path = await policyFile(file);
  const source = readPolicy(await readFile(path, 'utf8'), shortened(path));
  const parts = {
    source,
    texts: await emptyTexts(),
    freeMailDomains: await readFreeMail(dirname(path)),
    ownDomains: await readDomainFiles(dirname(path), source.rules.exclude.domains),
  };
  let policy = compilePolicy({ ...parts, year: firstYear });
  for (let year = firstYear + yearsResolved; year <= lastYear; year += yearsResolved)
    policy = closedAsWell(policy, compilePolicy({ ...parts, year }));
  return { hash: bundleOf(policy).hash, sequence: 1, policy };
};

/** From here, if it lies below; problems name it. */
const shortened = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
};

const policyFile = async (file: string): Promise<string> => {
  const found = await stat(file).catch(() => undefined);
  const path = found?.isDirectory() ? join(file, 'policy.yaml') : file;
  if (!(await stat(path).catch(() => undefined))?.isFile())
    throw new UsageError(`There is no policy ${path}: name a file like shared/policy/default/policy.yaml.`);
  return path;
};

const emptyTexts = async (): Promise<Policy['texts']> => {
  const empty = { subject: '', preheader: '', html: '', text: '' };
  const names = (await readdir(texts)).flatMap((file) => /^(.*)\.en\.md$/.exec(file)?.[1] ?? []);
  return Object.fromEntries(names.sort().map((name) => [name, { en: empty, de: empty }]));
};

/** The same policy, closed on the holidays of either. */
const closedAsWell = (policy: Policy, other: Policy): Policy => ({
  ...policy,
  calendars: Object.fromEntries(
    Object.entries(policy.calendars).map(([name, calendar]) => [
      name,
      {
        ...calendar,
        closed: [...new Set([...calendar.closed, ...(other.calendars[name]?.closed ?? [])])].sort(),
      },
    ]),
  ),
});
