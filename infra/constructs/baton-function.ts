import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { InferOutput } from 'valibot';
import type { serviceEnv } from '../../shared/runtime/environment.ts';
import { fiveMinutes } from './monitoring.ts';
import type { Platform } from './platform.ts';

export type BatonFunctionProps = Readonly<{
  platform: Platform;
  /** Of its folder in `functions`; a page's ends in `-page`. */
  name: string;
  /** Default: 30 seconds. */
  timeout?: Duration;
}>;

export type Allowance = Readonly<{
  actions: readonly string[];
  on: readonly string[];
  environment?: Readonly<Record<string, string>>;
}>;

/** A Lambda with a role and a log of its own. At first it may do nothing but write that log. */
export class BatonFunction extends Construct {
  readonly function: lambda.Function;
  private readonly dimensions: Record<string, string>;

  constructor(scope: Construct, id: string, { platform, name, timeout }: BatonFunctionProps) {
    super(scope, id);
    this.dimensions = { service: name, environment: platform.environment };
    const logGroup = new LogGroup(this, 'Logs', {
      retention: platform.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.function = new lambda.Function(this, 'Function', {
      description: `Baton ${platform.environment}: ${name}`,
      code: platform.code(name),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 512,
      timeout: timeout ?? Duration.seconds(30),
      role,
      logGroup,
      environment: { SERVICE_NAME: name, ENVIRONMENT: platform.environment } satisfies ServiceEnv,
    });
  }

  /** A permission and the environment that goes with it: granted together, so that neither is forgotten. */
  allow({ actions, on, environment = {} }: Allowance): void {
    this.function.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...on] }));
    this.tell(environment);
  }

  /** What it must know without being allowed anything. */
  tell(environment: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(environment)) this.function.addEnvironment(key, value);
  }

  /** A metric that the function writes into its log, within five minutes. */
  metric(metricName: string, statistic: 'Sum' | 'Maximum'): Metric {
    const dimensionsMap = this.dimensions;
    return new Metric({ namespace: 'Baton', metricName, statistic, dimensionsMap, ...fiveMinutes });
  }
}

type ServiceEnv = InferOutput<typeof serviceEnv>;
