import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, findEntries } from '../../infra/bundle.ts';
import { templateOf } from './synthesize.ts';

type Variables = Record<string, unknown>;

/** Of every function in the template, what CloudFormation will put into its environment. */
const functionsOf = (environment: 'prod' | 'dev') =>
  Object.values(templateOf(environment).findResources('AWS::Lambda::Function')).map(({ Properties }) => {
    const variables: Variables = Properties.Environment.Variables;
    return { name: String(variables.SERVICE_NAME), variables };
  });

const inProd = functionsOf('prod');
/** Those whose environment differs where mail is kept from strangers. */
const inDev = functionsOf('dev').filter(({ variables }) => 'MAIL_TO' in variables);

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-assembly-'));
  await bundle(await findEntries(), directory);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

type Loaded = Readonly<{ handler: string; readAtStart: string[]; without: Record<string, string> }>;

const load = async (name: string, variables: Variables): Promise<Loaded> => {
  const values = Object.entries(variables).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : 'https://known-to.cloudformation.test/only',
  ]);
  const module = pathToFileURL(join(directory, name, 'index.mjs')).href;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('load-handler.ts', import.meta.url)), module, ...Object.keys(variables)],
    { env: { ...Object.fromEntries(values), AWS_REGION: 'eu-central-1' } },
  );
  return JSON.parse(stdout);
};

it('has every function in the stack, and every function of the stack', async () => {
  const entries = await findEntries();
  expect(inProd.map(({ name }) => name).sort()).toEqual(entries.map(({ name }) => name));
});

describe.each([
  ['prod', inProd],
  ['dev', inDev],
] as const)('in %s', (_, functions) => {
  it.each(functions)('$name starts with the environment that its stack gives it', async (given) => {
    const { handler, readAtStart, without } = await load(given.name, given.variables);
    expect(handler).toBe('function');
    // A variable that nobody reads is a permission that nobody needs.
    expect(readAtStart).toEqual(Object.keys(given.variables));
    for (const [key, outcome] of Object.entries(without)) {
      // Only needed where mail is kept from strangers.
      if (key === 'MAIL_TO') continue;
      expect(outcome, `without ${key}`).toContain('InvalidEnvironmentError');
      expect(outcome).toContain(key);
    }
  });
});
