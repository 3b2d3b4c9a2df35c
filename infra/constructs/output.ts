import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** An output of the stack, under a key that the command line and the local stack ask for. */
export const output = (scope: Construct, key: string, value: string): void =>
  new CfnOutput(scope, `${key}Output`, { value }).overrideLogicalId(key);
