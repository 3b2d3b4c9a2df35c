import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { afterAll } from 'vitest';
import { type EnvironmentConfig, type EnvironmentName, environments } from '../../infra/environments.ts';
import { BatonStack } from '../../infra/stack.ts';

/** An environment as a user would have filled it in. */
export const filledIn = (environment: EnvironmentName): EnvironmentConfig =>
  JSON.parse(
    JSON.stringify(environments[environment])
      .replaceAll(/fill-in-([a-z-]+-address|mailbox-for-all-mail)/g, '$1@acme.test')
      .replaceAll(/fill-in-[a-z-]+/g, 'acme.test'),
  );

export const noCode = () => Code.fromInline('export const handler = 0;');

/** The stack of an environment, with empty functions: nothing is bundled. */
export const stackOf = (environment: EnvironmentName, config = filledIn(environment), app = anApp()) =>
  new BatonStack(app, { environment, config, code: noCode });

const assemblies = mkdtempSync(join(tmpdir(), 'baton-infra-'));
let made = 0;
afterAll(() => rmSync(assemblies, { recursive: true, force: true }));

/** CDK's own check of templates takes most of the time: nag.test.ts asks for it. */
export const anApp = ({ checked = false } = {}) =>
  new App({
    outdir: join(assemblies, String(made++)),
    context: {
      ...recommendedFlags,
      'aws:cdk:enable-path-metadata': true,
      '@aws-cdk/core:validateAgainstDefaultRules': checked,
    },
  });

export const templateOf = (environment: EnvironmentName, config?: EnvironmentConfig): Template =>
  Template.fromStack(stackOf(environment, config));

/** Templates are JSON of CloudFormation's making: each test says by its expectations what it takes for granted. */
export type Resource = Readonly<{
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  Properties: any;
  DeletionPolicy?: string;
  Metadata?: Record<string, string>;
}>;

export const resourcesOf = (template: Template): Record<string, Resource> => template.toJSON().Resources;
