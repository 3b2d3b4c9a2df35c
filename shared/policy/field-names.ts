import type { PolicyPath } from './policy-problem.ts';

/** Valibot's schemas are plain objects; these are the parts of them that lead on. */
type Schema = Readonly<{
  kind: 'schema';
  entries?: Readonly<Record<string, Schema>>;
  item?: Schema;
  value?: Schema;
  wrapped?: Schema;
  options?: readonly unknown[];
}>;

/** Names of the fields that a schema knows at a path, for whoever misspelt one. */
export const fieldNamesAt = (schema: Schema, path: PolicyPath): readonly string[] => {
  const [step, ...rest] = path;
  const alternatives = alternativesOf(schema);
  if (step === undefined) return alternatives.flatMap((each) => Object.keys(each.entries ?? {}));
  return alternatives.flatMap((each) => {
    const part = partOf(each, step);
    return part === undefined ? [] : fieldNamesAt(part, rest);
  });
};

const alternativesOf = ({ wrapped, options, ...schema }: Schema): readonly Schema[] => {
  if (wrapped !== undefined) return alternativesOf(wrapped);
  const nested = options?.filter(isSchema);
  return nested === undefined || nested.length === 0 ? [schema] : nested.flatMap(alternativesOf);
};

const isSchema = (option: unknown): option is Schema =>
  typeof option === 'object' && option !== null && 'kind' in option && option.kind === 'schema';

const partOf = ({ entries, item, value }: Schema, step: string | number): Schema | undefined =>
  typeof step === 'number' ? item : (entries?.[step] ?? value);
