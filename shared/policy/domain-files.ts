import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { domainPattern, freeMailPattern } from './mailbox-lists.ts';
import { placedYaml } from './placed-yaml.ts';
import { InvalidPolicyError } from './policy-problem.ts';

const shippedFreeMail = fileURLToPath(new URL('default/free-mail-domains.yaml', import.meta.url));

/** Whether an entry of `exclude.domains` names a file: no domain ends in this way. */
export const isDomainFile = (entry: string): boolean => entry.endsWith('.txt');

/**
 * What corrects the lists of libraries: the file that ships, then that of the folder, if there is one.
 * @throws InvalidPolicyError
 */
export const readFreeMail = async (directory: string): Promise<readonly string[]> => {
  const own = join(directory, 'free-mail-domains.yaml');
  const lists = await Promise.all((own === shippedFreeMail ? [own] : [shippedFreeMail, own]).map(readList));
  return lists.flat();
};

/**
 * The lists that a policy names and that lie beside it: one domain a line, `#` begins a remark.
 * @throws InvalidPolicyError
 */
export const readDomainFiles = async (
  directory: string,
  entries: readonly string[],
): Promise<Readonly<Record<string, readonly string[]>>> => {
  const read = entries.filter(isDomainFile).map(async (name) => {
    const file = join(directory, name);
    const source = await readFile(file, 'utf8').catch(() => undefined);
    return source === undefined ? [] : [[name, domainsOf(source, relative(process.cwd(), file))] as const];
  });
  return Object.fromEntries((await Promise.all(read)).flat());
};

const domainsOf = (source: string, file: string): readonly string[] => {
  const lines = source.split(/\r?\n/).map((line) => line.replace(/#.*/, '').trim().toLowerCase());
  const problems = lines.flatMap((domain, i) =>
    domain === '' || domainPattern.test(domain)
      ? []
      : [{ file, line: i + 1, column: 1, path: [], message: 'is not a domain: write example.com' }],
  );
  if (problems.length > 0) throw new InvalidPolicyError(problems);
  return lines.filter((domain) => domain !== '');
};

const notADomain = 'is not a domain: write gmx.de, or "not" before that of a company';
const freeMail = v.array(
  v.pipe(v.string(notADomain), v.toLowerCase(), v.regex(freeMailPattern, notADomain)),
  'is no list of domains',
);

/** Empty: there is no such file. */
const readList = async (file: string): Promise<readonly string[]> => {
  const source = await readFile(file, 'utf8').catch(() => undefined);
  if (source === undefined) return [];
  const yaml = placedYaml(source, relative(process.cwd(), file));
  if (yaml.problems.length > 0) throw new InvalidPolicyError(yaml.problems);
  const read = v.safeParse(freeMail, yaml.value);
  if (read.success) return read.output;
  throw new InvalidPolicyError(
    read.issues.map(({ path, message }) =>
      yaml.place(
        (path ?? []).flatMap(({ key }) => (typeof key === 'number' ? [key] : [])),
        message,
      ),
    ),
  );
};
