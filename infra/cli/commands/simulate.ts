import { progressOn } from '../progress.ts';
import { runSimulation, type Simulation } from '../simulate/run-simulation.ts';
import { failedSeedReport, simulationReport } from '../simulate/simulation-report.ts';

export type SimulateCommand = Readonly<{ seeds: number; seed: number; json?: true }>;

/** Returns the exit code: 1 if any promise was broken. */
export const simulate = async ({ seeds, seed: firstSeed, json }: SimulateCommand): Promise<number> => {
  const progress = progressOn();
  const simulation = await runSimulation({
    seeds,
    firstSeed,
    onSeed: (seed) => progress.tell(`playing history ${seed - firstSeed + 1} of ${seeds}`),
  }).finally(progress.end);
  const { failed } = simulation;
  if (json) process.stdout.write(`${JSON.stringify(jsonOf(simulation))}\n`);
  else console.log(simulationReport(simulation));
  for (const seed of failed) console.error(`\n${failedSeedReport(seed)}`);
  return failed.length === 0 ? 0 : 1;
};

const jsonOf = ({ failed, broken, ...rest }: Simulation) => ({
  ...rest,
  ...broken,
  failed: failed.map(({ seed, broken: promises }) => ({ seed, broken: promises })),
});
