import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { bundle, findEntries } from './bundle.ts';
import { environmentNamed, environments, UnknownEnvironmentError, unfilled } from './environments.ts';
import { BatonStack } from './stack.ts';

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

/** The CDK prints what went wrong as it is: one sentence helps more than a trace. */
const named = (name: string | undefined) => {
  try {
    return environmentNamed(name);
  } catch (error) {
    if (!(error instanceof UnknownEnvironmentError)) throw error;
    say(error.message);
    process.exit(1);
  }
};

// The library's version is pinned, so its flags are, too; tests pin what they must not change.
const app = new App({ context: recommendedFlags });

/** A value of `--context`, which always is text. */
const context = (key: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const environment = named(context('environment') ?? process.env.BATON_ENV);
const config = environments[environment];
const missing = unfilled(config);
if (missing.length > 0)
  say(`Before ${environment} is deployed, fill in ${missing.join(', ')} in infra/environments.ts.`);
const bundles = await mkdtemp(join(tmpdir(), 'baton-bundles-'));
try {
  const { folderOf } = await bundle(await findEntries(), bundles);
  const publicBaseUrl = context('publicBaseUrl');
  new BatonStack(app, {
    environment,
    config,
    // Copied into the assembly at once.
    code: (name) => Code.fromAsset(folderOf(name)),
    ...(publicBaseUrl === undefined ? {} : { publicBaseUrl }),
  });
  app.synth();
} finally {
  await rm(bundles, { recursive: true, force: true });
}
