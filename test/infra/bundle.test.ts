import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, findEntries, MissingFunctionError } from '../../infra/bundle.ts';
import { clientsOfFewErrors, errorsAskedFor, standIns } from '../../infra/left-out.ts';
import type * as reaching from './reach-left-out.ts';

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
  expect(bytesOf('score-lead')).toBeLessThan(260_000);
});

describe('what is left out', () => {
  it('is there to be left out: an upgrade may have given it another place', async () => {
    const { leftOut } = await bundle(await findEntries(), join(directory, 'left-out'));
    const clients = clientsOfFewErrors.map((client) => `@aws-sdk/client-${client}`);
    const expected = [
      ...Object.keys(standIns),
      ...clients.map((client) => `${client}/dist-es/schemas/schemas_0.js`),
      ...clients.map((client) => `${client}/package.json`),
    ];
    expect([...leftOut].sort()).toEqual(expect.arrayContaining(expected.sort()));
  });

  const reach = async (): Promise<typeof reaching> => {
    const source = fileURLToPath(import.meta.resolve('./reach-left-out.ts'));
    const { folderOf } = await bundle([{ name: 'reach-left-out', source }], join(directory, 'reach'));
    return import(pathToFileURL(join(folderOf('reach-left-out'), 'index.mjs')).href);
  };

  it('says so to whoever reaches it', async () => {
    const { retryAdaptively } = await reach();
    await expect(retryAdaptively()).rejects.toThrow('AdaptiveRetryStrategy was left out of the bundle');
  });

  it('keeps the class of an error that code asks for', async () => {
    const { errorOf } = await reach();
    const { error, isConflict } = await errorOf({
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
    expect(isConflict).toBe(true);
    expect(error).toMatchObject({ message: 'The conditional request failed' });
  });

  it('keeps name, message and fields of all other errors', async () => {
    const { errorOf } = await reach();
    const { error, isConflict, isOfClient } = await errorOf({
      __type: 'com.amazonaws.dynamodb.v20120810#BackupInUseException',
      message: 'in use',
      Detail: { of: 'it' },
    });
    expect({ isConflict, isOfClient }).toEqual({ isConflict: false, isOfClient: true });
    expect(error).toMatchObject({
      name: 'BackupInUseException',
      message: 'in use',
      Detail: { of: 'it' },
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('is no error that code asks for by its class', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const asked: string[] = [];
    for (const folder of ['functions', 'shared'])
      for (const file of await readdir(join(root, folder), { recursive: true })) {
        if (!file.endsWith('.ts')) continue;
        const source = await readFile(join(root, folder, file), 'utf8');
        for (const [, names = ''] of source.matchAll(/import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-/g))
          asked.push(...(names.match(/\b\w+(?:Exception|Error)\b/g) ?? []));
      }
    expect(asked).toContain('ConditionalCheckFailedException');
    expect(asked.filter((name) => !errorsAskedFor.has(name))).toEqual([]);
  });
});
