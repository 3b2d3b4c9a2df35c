import { Duration, Validations } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { BatonFunction } from './baton-function.ts';
import type { InputLogs } from './input-logs.ts';
import { oneMinute } from './monitoring.ts';
import type { Platform } from './platform.ts';
import type { Table } from './table.ts';

export type FactRelayProps = Readonly<{
  platform: Platform;
  tables: readonly Table[];
  /** Take the records that could not be told. */
  logs: InputLogs;
}>;

/** Streams of tables -> the facts of their items, on the bus. */
export class FactRelay extends Construct {
  constructor(scope: Construct, id: string, { platform, tables, logs }: FactRelayProps) {
    super(scope, id);
    const relay = new BatonFunction(this, 'Worker', { platform, name: 'relay-facts' });
    platform.bus.grantPutFactsTo(relay);
    for (const { table } of tables)
      relay.function.addEventSource(
        new DynamoEventSource(table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          batchSize: 100,
          filters: [FilterCriteria.filter({ dynamodb: { NewImage: { facts: { S: FilterRule.exists() } } } })],
          reportBatchItemFailures: true,
          bisectBatchOnError: true,
          // An alarm has rung for hours by then: what is still stuck goes to S3, whole, and its shard goes on.
          maxRecordAge: Duration.hours(6),
          onFailure: logs.failuresOf(relay),
        }),
      );
    Validations.of(relay).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'dynamodb:ListStreams knows no single resource.',
    });
    platform.monitoring.alarm(this, 'Behind', {
      metric: relay.function.metric('IteratorAge', { statistic: 'Maximum', ...oneMinute }),
      threshold: { atLeast: platform.config.alarms.streamAgeSeconds * 1000 },
      missing: 'fine',
      impact: 'What was decided is not told: no handoffs open, nobody is alerted, no nurture starts.',
      runbook: 'Facts are stuck in a stream',
    });
  }
}
