import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The CDK's own command, of the version that package.json pins: a program for Node. */
export const cdkCommand: string = join(
  dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')),
  'bin',
  'cdk',
);

/** Nothing but what was asked for: no news, no colours, all on one stream. */
export const quietly: readonly string[] = ['--no-notices', '--no-color', '--ci'];
