import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilePolicy } from './compile-policy.ts';
import { readDomainFiles, readFreeMail } from './domain-files.ts';
import { loadTexts } from './load-texts.ts';
import { type PolicySourceFile, readPolicy } from './read-policy.ts';
import type { Policy } from './schema.ts';

const defaultDirectory = fileURLToPath(new URL('default', import.meta.url));
/** A policy that may be published, and where its parts stand in the file. */
export type LoadedPolicy = Readonly<{ policy: Policy; place: PolicySourceFile['place'] }>;

type Folder = Readonly<{ directory?: string; year: number }>;

/**
 * Reads and compiles the policy of a folder: `policy.yaml` and the lists of domains that it names; `texts/<name>.<en|de>.md`
 * where they differ from those that ship; `free-mail-domains.yaml`, which adds to the one that ships. Without a folder: the policy that ships. For publishing and tests: never on Lambda.
 * @throws InvalidPolicyError
 */
export const readPolicyFolder = async ({
  directory = defaultDirectory,
  year,
}: Folder): Promise<LoadedPolicy> => {
  const file = join(directory, 'policy.yaml');
  const source = readPolicy(await readFile(file, 'utf8'), relative(process.cwd(), file));
  const [freeMailDomains, ownDomains, texts] = await Promise.all([
    readFreeMail(directory),
    readDomainFiles(directory, source.rules.exclude.domains),
    loadTexts(file),
  ]);
  const policy = compilePolicy({ source, texts, freeMailDomains, ownDomains, year });
  return { policy, place: source.place };
};

/** @throws InvalidPolicyError */
export const loadPolicy = async (folder: Folder): Promise<Policy> => (await readPolicyFolder(folder)).policy;
