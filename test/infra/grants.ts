import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesize.ts';

type Statement = Readonly<{ Action: string | string[]; Resource: unknown }>;

const listed = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What each function may do, by the place of the resource in the stack: `{ tick: { 'Nurture/Table': 'dynamodb:UpdateItem' } }`. */
export const grantsOf = (template: Template): Record<string, Record<string, string>> => {
  const resources = resourcesOf(template);
  const pathOf = (logicalId: string) =>
    (resources[logicalId]?.Metadata?.['aws:cdk:path'] ?? logicalId)
      .replace(/^Baton-\w+\//, '')
      .replace(/\/Resource$/, '');
  const policies = Object.values(resources).filter(({ Type }) => Type === 'AWS::IAM::Policy');
  return Object.fromEntries(
    Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => {
        const role = Properties.Role['Fn::GetAtt'][0];
        const statements = policies
          .filter((policy) => policy.Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
          .flatMap((policy): Statement[] => policy.Properties.PolicyDocument.Statement);
        const actions = new Map<string, Set<string>>();
        for (const statement of statements)
          for (const resource of listed(statement.Resource)) {
            const name = readable(resource, pathOf);
            const known = actions.get(name) ?? new Set();
            for (const action of listed(statement.Action)) known.add(action);
            actions.set(name, known);
          }
        const rows = [...actions].map(([name, of]) => [name, [...of].sort().join(' ')] as const);
        return [
          Properties.Environment.Variables.SERVICE_NAME as string,
          Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1))),
        ] as const;
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/** An ARN as text: references as paths, AWS's own parts left out. */
const readable = (value: unknown, pathOf: (logicalId: string) => string): string => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  if ('Ref' in value) return pathOf(String(value.Ref));
  if ('Fn::GetAtt' in value) {
    const [logicalId, attribute] = value['Fn::GetAtt'] as [string, string];
    return `${pathOf(logicalId)}${attribute === 'Arn' ? '' : `.${attribute}`}`;
  }
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map((part) => readable(part, pathOf)).join(separator);
  }
  return JSON.stringify(value);
};
