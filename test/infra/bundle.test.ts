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

it('leaves http alone until it is used: importing it as a module reads all that it exports', async () => {
  const { metafile } = await bundle(await tick(), join(directory, 'http'));
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(imported).toContain('node:crypto');
  expect(imported.filter((path) => /^(node:)?https?$/.test(path))).toEqual([]);
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
  const { metafile } = await bundle(entries, join(directory, 'small'));
  const sizes = Object.values(metafile.outputs).map(({ bytes }) => bytes);
  expect(sizes).toHaveLength(1);
  expect(sizes[0]).toBeLessThan(292_000);
});
