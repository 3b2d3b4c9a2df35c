import { policyJsonSchema } from '../../../shared/policy/policy-json-schema.ts';

/** Returns the exit code. */
export const policySchema = (): number => {
  console.log(JSON.stringify(policyJsonSchema(), undefined, 2));
  return 0;
};
