import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { root, run } from './command.ts';
import type { Outcome, Step } from './step.ts';

const reportSchema = v.object({
  success: v.boolean(),
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      assertionResults: v.array(v.object({ status: v.string(), fullName: v.string() })),
    }),
  ),
});

/** The tests of one project (a folder of test/). `env` is what they find in their environment. */
export const vitest = (project: string, env: () => Promise<Readonly<Record<string, string>>>): Step => ({
  name: project,
  run: async (): Promise<Outcome> => {
    const directory = await mkdtemp(join(tmpdir(), 'baton-test-'));
    const reportFile = join(directory, 'report.json');
    try {
      const { ok, output } = await run(
        'vitest',
        [
          'run',
          '--project',
          project,
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${reportFile}`,
        ],
        await env(),
      );
      const report = v.safeParse(
        reportSchema,
        JSON.parse(await readFile(reportFile, 'utf8').catch(() => 'null')),
      );
      return report.success
        ? { ...countsOf(report.output, ok), output }
        : { passed: 0, failed: 1, skipped: 0, output };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
});

const countsOf = ({ testResults }: v.InferOutput<typeof reportSchema>, ok: boolean) => {
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({
      status,
      test: `${relative(root, name)}: ${fullName}`,
    })),
  );
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = tests.filter(({ status }) => status === 'failed').length + brokenFiles;
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    // The run may fail with no test to blame, such as for an error after the last one.
    failed: ok ? failed : Math.max(1, failed),
    skipped: skipped.length,
    notes: skipped.map(({ test }) => `skipped ${test}`),
  };
};
