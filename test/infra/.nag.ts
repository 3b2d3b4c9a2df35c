import { writeFileSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { anApp, stackOf } from '/work/main/test/infra/synthesize.ts';

const app = anApp();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
stackOf((process.argv[2] ?? 'local') as any, undefined, app);
const a = app.synth();
writeFileSync('/tmp/infra-try/t.json', JSON.stringify(a.stacks[0]!.template, null, 1));
console.log(
  Object.keys(a.stacks[0]!.template.Resources).length,
  JSON.stringify(a.stacks[0]!.template.Outputs, null, 0).slice(0, 300),
);
