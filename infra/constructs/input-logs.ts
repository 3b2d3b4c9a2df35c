import { CfnElement, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { InferOutput } from 'valibot';
import type { rawLogEnv, rejectedLogEnv } from '../../shared/runtime/environment.ts';
import type { BatonFunction } from './baton-function.ts';
import { fiveMinutes } from './monitoring.ts';
import { output } from './output.ts';
import type { Platform } from './platform.ts';

/** What came in, in S3: every engagement below `raw/`, what will never be right below `rejected/`. */
export class InputLogs extends Construct {
  private readonly bucket: Bucket;
  private readonly raw: CfnDeliveryStream;
  private readonly rejected: CfnDeliveryStream;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const { keepData, rawLogRetentionDays } = platform.config;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [
        {
          expiration: Duration.days(rawLogRetentionDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only Baton itself writes here and only operators read; whoever must know more uses CloudTrail.',
    });
    this.raw = this.stream('Raw', 'raw');
    this.rejected = this.stream('Rejected', 'rejected');
    this.watch(platform);
    output(this, 'InputLogBucketName', this.bucket.bucketName);
  }

  grantRawTo(fn: BatonFunction): void {
    const environment: InferOutput<typeof rawLogEnv> = { RAW_STREAM_NAME: this.raw.ref };
    fn.allow({ actions: ['firehose:PutRecord'], on: [this.raw.attrArn], environment });
  }

  grantRejectedTo(fn: BatonFunction): void {
    const environment: InferOutput<typeof rejectedLogEnv> = { REJECTED_STREAM_NAME: this.rejected.ref };
    fn.allow({ actions: ['firehose:PutRecord'], on: [this.rejected.attrArn], environment });
  }

  /**
   * Takes what a stream's function gave up on, whole, below `aws/lambda/`. CDK's own destination would also let the
   * function read and delete what is in the bucket.
   */
  failuresOf(fn: BatonFunction): IEventSourceDlq {
    return {
      bind: () => {
        fn.allow({ actions: ['s3:ListBucket'], on: [this.bucket.bucketArn] });
        fn.allow({ actions: ['s3:PutObject'], on: [this.objects(fn, 'aws/lambda/*')] });
        return { destination: this.bucket.bucketArn };
      },
    };
  }

  private stream(id: string, prefix: string): CfnDeliveryStream {
    const role = new Role(this, `${id}Role`, { assumedBy: new ServicePrincipal('firehose.amazonaws.com') });
    const allow = (actions: string[], resource: string) =>
      role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
    allow(['s3:AbortMultipartUpload', 's3:PutObject'], this.objects(role, `${prefix}/*`));
    allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], this.bucket.bucketArn);
    const stream = new CfnDeliveryStream(this, id, {
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${prefix}/!{timestamp:yyyy/MM/dd/HH}/`,
        errorOutputPrefix: `${prefix}/failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
        compressionFormat: 'GZIP',
        bufferingHints: { intervalInSeconds: 300, sizeInMBs: 16 },
      },
    });
    stream.node.addDependency(role);
    return stream;
  }

  /** The ARN of objects whose names end as AWS likes, for a role of `scope`. */
  private objects(scope: Construct, keys: string): string {
    const { defaultChild } = this.bucket.node;
    const logicalId = CfnElement.isCfnElement(defaultChild) ? Stack.of(this).getLogicalId(defaultChild) : '';
    Validations.of(scope).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${keys}]`,
      reason: 'The service that writes there names the objects; it may write below this prefix only.',
    });
    return this.bucket.arnForObjects(keys);
  }

  private watch({ monitoring }: Platform): void {
    const metric = (stream: CfnDeliveryStream, metricName: string, statistic: string) =>
      new Metric({
        namespace: 'AWS/Firehose',
        metricName,
        statistic,
        dimensionsMap: { DeliveryStreamName: stream.ref },
        ...fiveMinutes,
      });
    monitoring.alarm(this, 'SomethingRejected', {
      metric: metric(this.rejected, 'IncomingRecords', 'Sum'),
      threshold: { atLeast: 1 },
      missing: 'fine',
      impact: 'A producer sends what cannot be read: its engagements, deals or answers do not count.',
      runbook: 'Input was rejected',
    });
    monitoring.alarm(this, 'RawBehind', {
      metric: metric(this.raw, 'DeliveryToS3.DataFreshness', 'Maximum'),
      threshold: { atLeast: Duration.minutes(30).toSeconds() },
      missing: 'fine',
      impact: 'Engagements are scored but not yet kept for replay and analysis.',
      runbook: 'Raw engagements do not reach S3',
    });
  }
}
