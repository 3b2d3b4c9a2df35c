/** `npm test`: everything. `npm test -- --only unit,types` for those in a hurry. */
import { cpus } from 'node:os';
import { parseArgs, styleText } from 'node:util';
import { check } from './runner/command.ts';
import { startTestEmulator, type TestEmulator } from './runner/emulator.ts';
import { leftovers, runMark } from './runner/leftovers.ts';
import { type Counts, type Outcome, type Step, sum } from './runner/step.ts';
import { vitest } from './runner/vitest.ts';

const mark = `${process.pid}-${Date.now()}`;
process.env[runMark] = mark;

let emulator: Promise<TestEmulator> | undefined;
const withEmulator = async () => {
  emulator ??= startTestEmulator();
  return (await emulator).environment;
};
const plain = async () => ({});

/** They stand side by side: each uses one core. */
const quick: readonly Step[] = [
  check('types', 'tsc', ['--noEmit']),
  check('format and lint', 'biome', ['ci', '--error-on-warnings', '.']),
  check('promises', 'oxlint', ['--type-aware', '--deny-warnings']),
  check('import rules', process.execPath, ['test/checks/import-rules.ts']),
  check('dead code', 'knip', []),
  vitest('unit', plain),
  vitest('flow', plain),
  vitest('infra', plain),
  vitest('contract', withEmulator),
];
/** It starts whole stacks, and has the machine for itself. */
const slow: readonly Step[] = [vitest('e2e', plain)];

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const only = values.only?.flatMap((names) => names.split(','));
const all = [...quick, ...slow];
const unknown = only?.filter((name) => all.every((step) => step.name !== name)) ?? [];
if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(', ')}: choose from ${all.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const chosen = ({ name }: Step) => only === undefined || only.includes(name);

const runStep = async ({ name, run }: Step): Promise<Counts> => {
  const startedAt = performance.now();
  const outcome = await run().catch(
    (error): Outcome => ({
      passed: 0,
      failed: 1,
      skipped: 0,
      output: error instanceof Error ? (error.stack ?? '') : String(error),
    }),
  );
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const { passed, failed, skipped, output, notes = [] } = inCi(outcome);
  const mood = failed > 0 ? styleText('red', '✗') : styleText('green', '✓');
  console.log(`${mood} ${name.padEnd(16)} ${seconds.padStart(6)} s  ${inWords({ passed, failed, skipped })}`);
  for (const note of notes) console.log(`    ${note}`);
  if (failed > 0) console.log(output.replace(/^/gm, '    '));
  return { passed, failed, skipped };
};

/** People may lack a browser; CI has one, so a browser test that was skipped there has failed. */
const inCi = (outcome: Outcome): Outcome => {
  const browser = outcome.notes?.filter((note) => note.includes('.browser.test.ts')).length ?? 0;
  return process.env.CI === undefined || browser === 0
    ? outcome
    : { ...outcome, failed: outcome.failed + browser, skipped: outcome.skipped - browser };
};

const inWords = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

const side = async (steps: Step[], counts: Counts[]): Promise<void> => {
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) counts.push(await runStep(step));
};

const counts: Counts[] = [];
try {
  const queue = quick.filter(chosen);
  await Promise.all(
    Array.from({ length: Math.max(1, Math.min(2, cpus().length)) }, () => side(queue, counts)),
  );
  await side(slow.filter(chosen), counts);
} finally {
  await (await emulator?.catch(() => undefined))?.stop();
}
counts.push(await runStep(leftovers(mark)));
const total = sum(counts);
console.log(`\n${inWords(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;
