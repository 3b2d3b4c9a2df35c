import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readPolicyFolder } from '../../../shared/policy/load-policy.ts';
import { InvalidPolicyError, problemText } from '../../../shared/policy/policy-problem.ts';

const shipped = fileURLToPath(new URL('../../../shared/policy/default/policy.yaml', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'baton-policy-'));
afterAll(() => rmSync(root, { recursive: true }));

/** The shipped policy in a folder of its own, with other files beside it. */
const folderWith = (name: string, files: Readonly<Record<string, string>>): string => {
  const folder = join(root, name.replaceAll(/\W/g, '-'));
  mkdirSync(join(folder, 'texts'), { recursive: true });
  copyFileSync(shipped, join(folder, 'policy.yaml'));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  return folder;
};

const mail = (body: string, head = '') =>
  `---\nsubject: Hello\npreheader: A word\n${head}---\n\n{{ salutation }},\n\n${body}\n`;
const fine = mail('all is well.');

describe('the texts of a policy', () => {
  it('win over those that ship', async () => {
    const directory = folderWith('own', { 'texts/guide.en.md': fine, 'texts/guide.de.md': fine });
    const { policy } = await readPolicyFolder({ directory, year: 2026 });
    expect(policy.texts.guide?.en.text).toContain('all is well.');
    expect(policy.texts.proof?.en.subject).toMatch(/team of nine/);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'an unknown variable',
      { 'texts/guide.en.md': mail('dear {{ nickname }}.'), 'texts/guide.de.md': fine },
      'texts/guide.en.md:8:9 body uses the variable "nickname", which is not known',
    ],
    ['a missing language', { 'texts/guide.en.md': fine }, 'texts/guide.de.md:1:1 file is missing'],
    [
      'an unknown field',
      { 'texts/guide.en.md': mail('x', 'sender: me\n'), 'texts/guide.de.md': fine },
      'texts/guide.en.md:4:1 sender ',
    ],
    [
      'a head that is no YAML',
      { 'texts/guide.en.md': mail('x', 'button: a: b\n'), 'texts/guide.de.md': fine },
      'texts/guide.en.md:4:1 front matter ',
    ],
    [
      'a tag that may do anything',
      { 'texts/guide.en.md': mail('{% include "x" %}'), 'texts/guide.de.md': fine },
      'texts/guide.en.md:8:4 body uses the tag "include"',
    ],
    [
      'a domain that is none',
      { 'free-mail-domains.yaml': '- gmx.de\n- not a domain\n' },
      'free-mail-domains.yaml:2:3 [1] is not a domain',
    ],
  ])('are refused with their place: %s', async (name, files, problem) => {
    const directory = folderWith(name, files);
    const error = await readPolicyFolder({ directory, year: 2026 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidPolicyError);
    const said = error instanceof InvalidPolicyError ? error.problems.map(problemText) : [];
    expect(said[0]).toContain(relative(process.cwd(), join(directory, problem)).slice(0, -1));
  });
});
