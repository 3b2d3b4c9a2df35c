import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { compilePolicy } from './compile-policy.ts';
import { loadTexts } from './load-texts.ts';
import { placedYaml } from './placed-yaml.ts';
import { InvalidPolicyError } from './policy-problem.ts';
import { type PolicySourceFile, readPolicy } from './read-policy.ts';
import type { Policy } from './schema.ts';

const defaultDirectory = fileURLToPath(new URL('default', import.meta.url));
const ownFreeMail = join(defaultDirectory, 'free-mail-domains.yaml');

const notADomain = 'is not a domain: write gmx.de';
const domains = v.array(
  v.pipe(v.string(notADomain), v.toLowerCase(), v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, notADomain)),
  'is no list of domains',
);

/** A policy that may be published, and where its parts stand in the file. */
export type LoadedPolicy = Readonly<{ policy: Policy; place: PolicySourceFile['place'] }>;

type Folder = Readonly<{ directory?: string; year: number }>;

/**
 * Reads and compiles the policy of a folder: `policy.yaml`; `texts/<name>.<en|de>.md` and `free-mail-domains.yaml` where they
 * differ from those that ship. Without a folder: the policy that ships. For publishing and tests: never on Lambda.
 * @throws InvalidPolicyError
 */
export const readPolicyFolder = async ({
  directory = defaultDirectory,
  year,
}: Folder): Promise<LoadedPolicy> => {
  const file = join(directory, 'policy.yaml');
  const source = readPolicy(await readFile(file, 'utf8'), relative(process.cwd(), file));
  const [freeMailDomains, texts] = await Promise.all([
    // Few want a list of their own.
    readDomains(join(directory, 'free-mail-domains.yaml')).then((own) => own ?? readDomains(ownFreeMail)),
    loadTexts(file),
  ]);
  const policy = compilePolicy({ source, texts, freeMailDomains: freeMailDomains ?? [], year });
  return { policy, place: source.place };
};

/** @throws InvalidPolicyError */
export const loadPolicy = async (folder: Folder): Promise<Policy> => (await readPolicyFolder(folder)).policy;

/** Undefined: there is no such file. */
const readDomains = async (file: string): Promise<readonly string[] | undefined> => {
  const source = await readFile(file, 'utf8').catch(() => undefined);
  if (source === undefined) return undefined;
  const yaml = placedYaml(source, relative(process.cwd(), file));
  if (yaml.problems.length > 0) throw new InvalidPolicyError(yaml.problems);
  const read = v.safeParse(domains, yaml.value);
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
