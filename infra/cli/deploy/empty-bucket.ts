import { DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { DeployError } from './deploy-error.ts';

/** CloudFormation deletes no bucket that holds something. One that is gone already is empty enough. */
export const emptyBucket = async (client: S3Client, bucket: string): Promise<void> => {
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
      const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
      if (Objects.length === 0) continue;
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
      );
      const [failed] = Errors;
      if (failed !== undefined)
        throw new DeployError(`The bucket ${bucket} could not be emptied: ${failed.Message ?? failed.Code}`);
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'NoSuchBucket')) throw error;
  }
};
