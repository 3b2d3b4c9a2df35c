import { expect, it } from 'vitest';
import { runSimulation } from '../../infra/cli/simulate/run-simulation.ts';
import { failedSeedReport } from '../../infra/cli/simulate/simulation-report.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

it.each(Object.entries(plantedBugs))(
  'finds a bug put in on purpose: %s',
  async (_, bug) => {
    const { failed } = await runSimulation({ seeds: 100, firstSeed: 1, failuresAtMost: 1, bug });
    expect(failed).toHaveLength(1);

    const [{ seed, broken, story }] = failed as [(typeof failed)[number]];
    expect(story.length).toBeGreaterThan(10);
    expect(failedSeedReport({ seed, broken, story })).toContain(`npx baton simulate --seed ${seed}`);
    const alone = await runSimulation({ seeds: 1, firstSeed: seed, bug });
    expect(alone.failed).toEqual([{ seed, broken, story }]);
  },
  300_000,
);
