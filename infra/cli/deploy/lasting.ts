import {
  type CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import * as v from 'valibot';

/** A resource that stays in the account when its stack goes. */
export type Lasting = Readonly<{ type: string; name: string }>;

const deployedTemplate = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    Resources: v.record(v.string(), v.object({ Type: v.string(), DeletionPolicy: v.optional(v.string()) })),
  }),
);

/** What a stack keeps, and the buckets that it deletes, as it was deployed: not as this release would deploy it. */
export const whatLasts = async (
  client: CloudFormationClient,
  stackName: string,
): Promise<Readonly<{ kept: readonly Lasting[]; buckets: readonly string[] }>> => {
  const { TemplateBody } = await client.send(
    new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
  );
  const { Resources } = v.parse(deployedTemplate, TemplateBody);
  const kept: Lasting[] = [];
  const buckets: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  ))
    for (const { LogicalResourceId = '', PhysicalResourceId: name = '' } of StackResourceSummaries) {
      const { Type: type = '', DeletionPolicy } = Resources[LogicalResourceId] ?? {};
      if (DeletionPolicy === 'Retain') kept.push({ type, name });
      else if (type === 'AWS::S3::Bucket' && name !== '') buckets.push(name);
    }
  return { kept, buckets };
};
