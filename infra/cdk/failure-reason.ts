import { type CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';

/**
 * Why the last change of a stack failed: which resource, and what CloudFormation says about it. The first failure is the
 * cause, the others are cancelled because of it. Undefined: nobody knows.
 */
export const failureOf = async (
  client: CloudFormationClient,
  stackName: string,
): Promise<string | undefined> => {
  try {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stackName }));
    // The newest come first; those of the changes before begin with the stack itself.
    const begun = StackEvents.findIndex(
      ({ LogicalResourceId, ResourceStatus }) =>
        LogicalResourceId === stackName && /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(ResourceStatus ?? ''),
    );
    const failures = (events: typeof StackEvents) =>
      events.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
    const failed = failures(StackEvents.slice(0, begun + 1)).at(-1) ?? failures(StackEvents).at(-1);
    return failed === undefined
      ? undefined
      : `${failed.LogicalResourceId} (${failed.ResourceType}): ${failed.ResourceStatusReason ?? 'no reason given'}`;
  } catch {
    return undefined;
  }
};

/** Of all that the CDK's command printed, the line that says what went wrong first. */
export const reasonIn = (printed: string): string => {
  const lines = printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const failed = lines.find((line) => /\| (CREATE|UPDATE|DELETE)_FAILED/.test(line));
  const reason =
    failed?.split('|').slice(3).join(' ') ?? lines.find((line) => /^ERROR |\w*Error: /.test(line));
  return (reason ?? lines.at(-1) ?? 'no reason given')
    .replaceAll(/\s+/g, ' ')
    .replace(/^\W+/, '')
    .trim()
    .slice(0, 400);
};
