import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CompiledTexts, compileTexts } from '../emails/compile-texts.ts';
import { InvalidTextError } from '../emails/text-source.ts';
import { placeTextProblem } from './place-text-problem.ts';
import { InvalidPolicyError } from './policy-problem.ts';

const shippedTexts = fileURLToPath(new URL('../emails/texts', import.meta.url));

/**
 * The texts that ship, and those of the folder `texts` beside a policy, which win where both have one of a name.
 * @throws InvalidPolicyError naming file, line and field
 */
export const loadTexts = async (policyFile: string): Promise<CompiledTexts> => {
  const own = join(dirname(policyFile), 'texts');
  const [shipped, theirs] = await Promise.all([textsIn(shippedTexts), existsSync(own) ? textsIn(own) : {}]);
  return { ...shipped, ...theirs };
};

const textsIn = async (directory: string): Promise<CompiledTexts> => {
  try {
    return await compileTexts(directory);
  } catch (error) {
    if (!(error instanceof InvalidTextError)) throw error;
    const path = join(directory, error.file);
    const source = await readFile(path, 'utf8').catch(() => '');
    throw new InvalidPolicyError([placeTextProblem(error, relative(process.cwd(), path), source)]);
  }
};
