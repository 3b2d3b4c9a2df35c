import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle, findEntries, MissingFunctionError } from '../../infra/bundle.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-bundle-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const tick = async () => (await findEntries()).filter(({ name }) => name === 'tick');

it('imports nothing of Node as a module: all that it exports would be read', async () => {
  const { folderOf } = await bundle(await tick(), join(directory, 'plain'));
  const code = await readFile(join(folderOf('tick'), 'index.mjs'), 'utf8');
  expect(code).toContain('getBuiltinModule');
  expect(code).not.toMatch(/\bfrom\s*["'](node:)?(http|https|crypto|zlib|fs|stream|util)["']/);
});

it('gives the same bytes for the same sources, wherever they are put', async () => {
  const entries = await findEntries();
  const first = await bundle(entries, join(directory, 'first'));
  const again = await bundle([...entries].reverse(), join(directory, 'somewhere', 'else'));
  expect(entries.length).toBeGreaterThan(0);
  for (const { name } of entries) {
    const one = await readFile(join(first.folderOf(name), 'index.mjs'));
    const other = await readFile(join(again.folderOf(name), 'index.mjs'));
    expect(one.equals(other), name).toBe(true);
  }
});

it('names the file that a function lacks', async () => {
  const { folderOf } = await bundle([], join(directory, 'none'));
  expect(() => folderOf('score-lead')).toThrow(MissingFunctionError);
  expect(() => folderOf('score-lead')).toThrow('functions/score-lead/handler.ts');
  expect(() => folderOf('answer-handoff-page')).toThrow('functions/answer-handoff/page.ts');
});

it('keeps score-lead small, because it starts most often', async () => {
  const entries = (await findEntries()).filter(({ name }) => name === 'score-lead');
  const { bytesOf } = await bundle(entries, join(directory, 'small'));
  expect(bytesOf('score-lead')).toBeLessThan(290_000);
});
