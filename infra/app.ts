import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { bundle, findEntries } from './bundle.ts';
import { configOf, environmentNamed } from './environments.ts';
import { BatonStack } from './stack.ts';

// The library's version is pinned, so its flags are, too; tests pin what they must not change.
const app = new App({ context: recommendedFlags });

/** A value of `--context`, which always is text. */
const context = (key: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const environment = environmentNamed(context('environment') ?? process.env.BATON_ENV);
const config = configOf(environment);
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
