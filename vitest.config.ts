import { defineConfig } from 'vitest/config';

/** One project per kind of proof; `npm test` runs them all, and says how (test/run.ts). */
const project = (name: string, timeoutMs: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: timeoutMs, hookTimeout: timeoutMs },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 15_000),
      project('contract', 30_000),
      project('flow', 60_000),
      project('infra', 120_000),
      { test: { ...project('e2e', 300_000).test, fileParallelism: false } },
    ],
  },
});
