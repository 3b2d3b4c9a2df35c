import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../../../shared/policy/compile-policy.ts';
import { InvalidPolicyError, type PlacedProblem, pathText } from '../../../shared/policy/policy-problem.ts';
import { readPolicy } from '../../../shared/policy/read-policy.ts';
import { wrongPolicies } from '../../support/wrong-policies.ts';

const shipped = readFileSync(new URL('../../../shared/policy/default/policy.yaml', import.meta.url), 'utf8');
const text = { subject: 's', preheader: 'p', html: '<p>h</p>', text: 't' };
const staffText = { ...text, text: '{{ holder }}' };
const texts = {
  ...Object.fromEntries(
    [...shipped.matchAll(/send: ([a-z-]+)/g)].map(([, name = '']) => [name, { en: text, de: text }]),
  ),
  'handoff-offered': { en: staffText, de: staffText },
};

const problemsOf = (source: string): readonly PlacedProblem[] => {
  try {
    compilePolicy({ source: readPolicy(source), texts, freeMailDomains: [], year: 2026 });
  } catch (error) {
    if (error instanceof InvalidPolicyError) return error.problems;
    throw error;
  }
  return [];
};

const wrong = wrongPolicies(shipped);

describe('a wrong policy is refused', () => {
  it('lets the shipped one pass', () => {
    expect(problemsOf(shipped)).toEqual([]);
  });

  it('in many ways', () => {
    expect(wrong.length).toBeGreaterThanOrEqual(30);
  });

  it.each(wrong)('$name', ({ source, expect: { line, field, reason } }) => {
    const problems = problemsOf(source).map(({ path, ...problem }) => ({
      file: problem.file,
      line: problem.line,
      field: pathText(path),
      message: problem.message,
    }));
    expect(problems).toContainEqual({
      file: 'policy.yaml',
      line,
      field,
      message: expect.stringContaining(reason),
    });
  });
});
