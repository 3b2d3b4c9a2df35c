import { expect, it, vi } from 'vitest';
import { type SimulateCommand, simulate } from '../../infra/cli/commands/simulate.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

const run = async (command: SimulateCommand, bug?: Parameters<typeof simulate>[1]) => {
  const printed: string[] = [];
  const said: string[] = [];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true),
    vi.spyOn(console, 'log').mockImplementation((text) => void printed.push(String(text))),
    vi.spyOn(console, 'error').mockImplementation((text) => void said.push(String(text))),
  ];
  try {
    const exitCode = await simulate(command, bug);
    return { exitCode, stdout: printed.join(''), stderr: said.map((text) => `${text}\n`).join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

it('prints one JSON object with every count', async () => {
  const { exitCode, stdout, stderr } = await run({ seeds: 3, seed: 11, json: true });
  expect(exitCode).toBe(0);
  expect(stderr).toBe('');
  expect(stdout.match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({
    histories: 3,
    firstSeed: 11,
    events: expect.any(Number),
    rescued: expect.any(Number),
    lost: 0,
    doublePoints: 0,
    wrongScore: 0,
    missedEscalations: 0,
    doubleEscalations: 0,
    alarmsAfterAnswer: 0,
    other: 0,
    failed: [],
  });
});

it('prints the same each time, as a table too', async () => {
  const report = await run({ seeds: 2, seed: 5 });
  expect(report.stdout).toContain('missed escalations');
  expect(await run({ seeds: 2, seed: 5 })).toEqual(report);
});

it('fails with the story of each history that broke a promise, and says how to play it alone', async () => {
  const bug = plantedBugs['drop the version condition'];
  const { exitCode, stdout, stderr } = await run({ seeds: 20, seed: 1, json: true }, bug);
  expect(exitCode).toBe(1);
  const { failed } = JSON.parse(stdout);
  expect(failed.length).toBeGreaterThan(0);
  for (const { seed } of failed) expect(stderr).toContain(`npx baton simulate --seed ${seed}\n`);
  expect(stderr).toMatch(/EngagementRecorded e-\d+-\d+ is sent/);
  expect(stderr).not.toContain('@');
});
