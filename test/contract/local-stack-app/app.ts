import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  FilterCriteria,
  FilterRule,
  Function as Lambda,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { buildSync } from 'esbuild';

/** The smallest stack that has each thing the local runner must get right. */
const app = new App();
const stack = new Stack(app, 'LocalTest');
const code = mkdtempSync(join(tmpdir(), 'local-stack-app-'));
buildSync({
  entryPoints: [fileURLToPath(new URL('functions.ts', import.meta.url))],
  outfile: join(code, 'index.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
});

const aTable = (id: string) =>
  new Table(stack, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_IMAGE,
  });
const table = aTable('Table');
table.addGlobalSecondaryIndex({
  indexName: 'due',
  partitionKey: { name: 'due', type: AttributeType.STRING },
  sortKey: { name: 'dueAt', type: AttributeType.STRING },
  projectionType: ProjectionType.KEYS_ONLY,
});
const secret = new Secret(stack, 'Secret', { generateSecretString: { passwordLength: 48 } });
const environment = {
  SECRET: secret.secretArn,
  TABLE: table.tableName,
  OTHER_TABLE: aTable('OtherTable').tableName,
  PUBLIC_URL: String(app.node.tryGetContext('publicUrl')),
};
const aFunction = (name: string) =>
  new Lambda(stack, name, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: `index.${name}`,
    code: Code.fromAsset(code),
    timeout: Duration.seconds(10),
    environment,
  });

const bus = new EventBus(stack, 'Bus');
const deadLetters = new Queue(stack, 'DeadLetters');
const queue = new Queue(stack, 'Queue', {
  visibilityTimeout: Duration.minutes(2),
  deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
});
new Rule(stack, 'Rule', {
  eventBus: bus,
  eventPattern: { detailType: ['Work'] },
  targets: [new SqsQueue(queue)],
});
const work = aFunction('work');
table.grantWriteData(work);
work.addEventSource(
  new SqsEventSource(queue, {
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(1),
    reportBatchItemFailures: true,
  }),
);
const relay = aFunction('relay');
relay.addToRolePolicy(
  new PolicyStatement({ actions: ['ses:SendEmail'], resources: [`arn:aws:ses:*:*:identity/baton.test`] }),
);
relay.addEventSource(
  new DynamoEventSource(table, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    retryAttempts: 3,
    filters: [FilterCriteria.filter({ dynamodb: { NewImage: { facts: { S: FilterRule.exists() } } } })],
  }),
);
const tick = aFunction('tick');
table.grantReadWriteData(tick);
const page = aFunction('page');
secret.grantRead(page);
const outbox = new Queue(stack, 'Outbox');
outbox.grantSendMessages(page);
page.addEnvironment('OUTBOX_URL', outbox.queueUrl);
const api = new HttpApi(stack, 'Api', {
  corsPreflight: { allowOrigins: ['*'], allowMethods: [CorsHttpMethod.POST], allowHeaders: ['content-type'] },
});
api.addRoutes({
  path: '/{proxy+}',
  methods: [HttpMethod.GET, HttpMethod.POST],
  integration: new HttpLambdaIntegration('Page', page),
});
if (app.node.tryGetContext('refused') === 'true')
  new Alarm(stack, 'Refused', {
    metric: new MathExpression({
      expression: 'a * 2',
      usingMetrics: { a: deadLetters.metricApproximateNumberOfMessagesVisible() },
    }),
    threshold: 1,
    evaluationPeriods: 1,
  });
const outputs = {
  ApiId: api.apiId,
  BusName: bus.eventBusName,
  TableName: table.tableName,
  TickName: tick.functionName,
  DeadLettersUrl: deadLetters.queueUrl,
};
for (const [key, value] of Object.entries(outputs)) new CfnOutput(stack, key, { value });
app.synth();
rmSync(code, { recursive: true });
