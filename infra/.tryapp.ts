import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { environments } from './environments.ts';
import { BatonStack } from './stack.ts';
const app = new App({ context: recommendedFlags });
new BatonStack(app, { environment: 'local', config: environments.local, code: () => Code.fromInline('exports.handler = async () => ({batchItemFailures: []});') });
app.synth();
