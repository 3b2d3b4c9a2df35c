import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesize.ts';

type Grants = Record<string, string>;
type Statement = Readonly<{ Action: string | string[]; Resource: unknown }>;

/** Every worker may do these, on the log and the queue that are its own. */
const own = {
  log: 'logs:CreateLogStream logs:PutLogEvents',
  queue:
    'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
};

/**
 * What each function may do besides: actions by the place of the resource in the stack. A right that it lacks on its own
 * log or queue, or has on another's, stays in the answer.
 */
export const grantsOf = (template: Template): Record<string, Grants> => {
  const resources = resourcesOf(template);
  const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
  const pathOf = (logicalId: string) =>
    (resources[logicalId]?.Metadata?.['aws:cdk:path'] ?? logicalId)
      .replace(/^Baton-\w+\//, '')
      .replace(/\/Resource$/, '')
      .replace(/\/(Table|Bus)$/, '');
  const statementsOf = (role: string): Statement[] =>
    ofType('AWS::IAM::Policy')
      .filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
  const queueOf = (functionId: string): string | undefined =>
    ofType('AWS::Lambda::EventSourceMapping')
      .filter(([, { Properties }]) => Properties.FunctionName.Ref === functionId)
      .map(([, { Properties }]) => Properties.EventSourceArn['Fn::GetAtt'])
      .find(([, attribute]) => attribute === 'Arn')?.[0];

  return Object.fromEntries(
    ofType('AWS::Lambda::Function').map(([id, { Properties }]) => {
      const grants = byResource(statementsOf(Properties.Role['Fn::GetAtt'][0]), pathOf);
      takeOut(grants, pathOf(Properties.LoggingConfig.LogGroup.Ref), own.log);
      const queue = queueOf(id);
      if (queue !== undefined) takeOut(grants, pathOf(queue), own.queue);
      return [Properties.Environment.Variables.SERVICE_NAME, grants];
    }),
  );
};

const takeOut = (grants: Grants, resource: string, actions: string): void => {
  if (grants[resource] === actions) delete grants[resource];
  else grants[resource] = `${grants[resource] ?? 'nothing'} instead of ${actions}`;
};

const byResource = (statements: Statement[], pathOf: (id: string) => string): Grants => {
  const grants: Record<string, string[]> = {};
  for (const { Action, Resource } of statements)
    for (const resource of [Resource].flat()) {
      const name = readable(resource, pathOf).replace(/^arn:aws:ses:[^:]+:[^:]+(::[^:]+)?:/, '');
      grants[name] = [...(grants[name] ?? []), ...[Action].flat()];
    }
  return Object.fromEntries(
    Object.entries(grants).map(([name, actions]) => [name, [...new Set(actions)].sort().join(' ')]),
  );
};

/** An ARN as text, references in it as paths. */
const readable = (value: unknown, pathOf: (id: string) => string): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return pathOf(String(value.Ref));
  if ('Fn::GetAtt' in value) {
    const [id, attribute] = value['Fn::GetAtt'] as [string, string];
    return attribute === 'Arn' ? pathOf(id) : `${pathOf(id)}.${attribute}`;
  }
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map((part) => readable(part, pathOf)).join(separator);
  }
  return JSON.stringify(value);
};
