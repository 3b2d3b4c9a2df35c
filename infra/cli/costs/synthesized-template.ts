import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as v from 'valibot';
import { type EnvironmentName, environments, stackNameOf } from '../../environments.ts';
import { BatonStack } from '../../stack.ts';

const templateSchema = v.object({
  Resources: v.record(
    v.string(),
    v.object({ Type: v.string(), Properties: v.optional(v.record(v.string(), v.unknown()), {}) }),
  ),
});
export type Template = Readonly<v.InferOutput<typeof templateSchema>>;

/** The template of an environment, with empty functions: what it costs does not depend on their code. */
export const synthesizedTemplate = (environment: EnvironmentName): Template => {
  const outdir = mkdtempSync(join(tmpdir(), 'baton-costs-'));
  try {
    const app = new App({ outdir, context: { '@aws-cdk/core:validateAgainstDefaultRules': false } });
    new BatonStack(app, {
      environment,
      config: environments[environment],
      code: () => Code.fromInline('export const handler = 0;'),
    });
    return v.parse(templateSchema, app.synth().getStackByName(stackNameOf(environment)).template);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};
