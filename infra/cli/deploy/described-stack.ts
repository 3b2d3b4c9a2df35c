import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { unreachable } from '../unreachable.ts';
import type { ChosenEnvironment } from './chosen-environment.ts';

export const cloudFormation = ({ config }: ChosenEnvironment): CloudFormationClient =>
  new CloudFormationClient(config.region === undefined ? {} : { region: config.region });

/**
 * A stack as CloudFormation knows it; undefined: there is none.
 * @throws UnreachableError with the remedy.
 */
export const describedStack = async (
  client: CloudFormationClient,
  chosen: ChosenEnvironment,
  stackName = chosen.stackName,
): Promise<Stack | undefined> => {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks?.[0];
  } catch (error) {
    if (
      error instanceof Error &&
      error.name === 'ValidationError' &&
      error.message.includes('does not exist')
    )
      return undefined;
    throw unreachable(error, chosen.environment);
  }
};

export const outputsOf = (stack: Stack | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (stack?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
      OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]],
    ),
  );
