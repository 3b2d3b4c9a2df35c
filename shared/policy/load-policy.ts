import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { parse } from 'yaml';
import { compileTexts } from '../emails/compile-texts.ts';
import { compilePolicy } from './compile-policy.ts';
import { readPolicy } from './read-policy.ts';
import type { Policy } from './schema.ts';

const defaultDirectory = fileURLToPath(new URL('default', import.meta.url));
const ownFreeMail = join(defaultDirectory, 'free-mail-domains.yaml');

const domains = v.array(v.pipe(v.string(), v.toLowerCase(), v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)));

/**
 * Reads and compiles the policy of a folder (`policy.yaml`, and `free-mail-domains.yaml` where it differs from the one that ships) with the mail texts.
 * For publishing and tests: never on Lambda.
 * @throws InvalidPolicyError
 */
export const loadPolicy = async ({
  directory = defaultDirectory,
  year,
}: Readonly<{ directory?: string; year: number }>): Promise<Policy> => {
  const file = join(directory, 'policy.yaml');
  const [source, freeMail, texts] = await Promise.all([
    readFile(file, 'utf8'),
    // Few want a list of their own.
    readFile(join(directory, 'free-mail-domains.yaml'), 'utf8').catch(() => readFile(ownFreeMail, 'utf8')),
    compileTexts(),
  ]);
  const freeMailDomains = v.parse(domains, parse(freeMail));
  return compilePolicy({
    source: readPolicy(source, relative(process.cwd(), file)),
    texts,
    freeMailDomains,
    year,
  });
};
