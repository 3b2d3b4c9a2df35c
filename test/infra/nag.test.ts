import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { environmentNames } from '../../infra/environments.ts';
import { anApp, stackOf } from './synthesize.ts';

/** Findings of cdk-nag's AWS Solutions and of CDK's own check of templates. */
const findingsOf = (app: App): string[] => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  try {
    app.synth();
  } catch {
    // What was found stands in the report.
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports.flatMap(({ violations }: { violations: { ruleName: string }[] }) =>
    violations.map(({ ruleName }) => ruleName),
  );
};

it.each(environmentNames)('%s has no finding that is not acknowledged with its reason', (environment) => {
  const app = anApp({ checked: true });
  stackOf(environment, undefined, app);
  expect(findingsOf(app)).toEqual([]);
});

it('finds what is wrong', () => {
  const app = anApp({ checked: true });
  new Topic(new Stack(app, 'Careless'), 'Topic');
  expect(findingsOf(app)).toContain('AwsSolutions-SNS3');
});
