import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { EnvironmentConfig } from '../environments.ts';
import type { BatonFunction } from './baton-function.ts';
import { output } from './output.ts';

const { STRING } = dynamodb.AttributeType;

export type TableProps = Readonly<{
  config: EnvironmentConfig;
  /** How a function finds it: `(LEADS_TABLE_NAME) => ({ LEADS_TABLE_NAME })`. */
  environment: (tableName: string) => Readonly<Record<string, string>>;
  /** Items of one partition, in order of `sk`. */
  sorted?: boolean;
  /** Items may come due: the tick finds them in the sparse index `due`. */
  due?: boolean;
  /** Items may be open: the tick finds the oldest in the sparse index `open`. */
  open?: boolean;
  /** Facts leave with the items that they are written with: the stream is the outbox. */
  outbox?: boolean;
}>;

/** The table of one capability. What a function is granted is what its adapters call, and no more. */
export class Table extends Construct {
  readonly table: dynamodb.Table;
  private readonly props: TableProps;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const { keepData } = props.config;
    this.props = props;
    this.table = new dynamodb.Table(this, 'Table', {
      partitionKey: { name: 'pk', type: STRING },
      ...(props.sorted ? { sortKey: { name: 'sk', type: STRING } } : {}),
      ...(props.outbox ? { stream: dynamodb.StreamViewType.NEW_IMAGE } : {}),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: keepData },
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (props.due) this.index('due', 'dueAt');
    if (props.open) this.index('open', 'openSince');
    output(this, `${id}TableName`, this.table.tableName);
    if (!keepData)
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-DDB3',
        reason: 'This environment is configured to keep no data, so there is none to restore.',
      });
  }

  grantReadTo(fn: BatonFunction): void {
    this.allow(fn, this.reads);
  }

  grantReadWriteTo(fn: BatonFunction): void {
    this.allow(fn, [...this.reads, 'dynamodb:PutItem']);
  }

  /** To look up what has come due. */
  grantDueIndexTo(fn: BatonFunction): void {
    this.allow(fn, ['dynamodb:Query'], `${this.table.tableArn}/index/due`);
  }

  /** To look up what has been open for the longest. */
  grantOpenIndexTo(fn: BatonFunction): void {
    this.allow(fn, ['dynamodb:Query'], `${this.table.tableArn}/index/open`);
  }

  /** To put off what has come due, so that nobody else takes it up meanwhile. */
  grantLeaseTo(fn: BatonFunction): void {
    this.allow(fn, ['dynamodb:UpdateItem']);
  }

  /** To count up in place. */
  grantCountTo(fn: BatonFunction): void {
    this.allow(fn, ['dynamodb:UpdateItem']);
  }

  /** Sparse, and without the items themselves. */
  private index(name: string, sortKey: string): void {
    this.table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name, type: STRING },
      sortKey: { name: sortKey, type: STRING },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
  }

  private get reads(): readonly string[] {
    return this.props.sorted ? ['dynamodb:GetItem', 'dynamodb:Query'] : ['dynamodb:GetItem'];
  }

  private allow(fn: BatonFunction, actions: readonly string[], on = this.table.tableArn): void {
    fn.allow({ actions, on: [on], environment: this.props.environment(this.table.tableName) });
  }
}
