import { progressOn } from '../progress.ts';
import { runSimulation, type Simulation, type SimulationOptions } from '../simulate/run-simulation.ts';
import { failedSeedReport, simulationReport } from '../simulate/simulation-report.ts';

export type SimulateCommand = Readonly<{ seeds?: number; seed?: number; json?: true }>;

/** Returns the exit code: 1 if any promise was broken. `bug`: put in on purpose, to see that it is found. */
export const simulate = async (
  { seed, seeds = seed === undefined ? 300 : 1, json }: SimulateCommand,
  bug?: SimulationOptions['bug'],
): Promise<number> => {
  const firstSeed = seed ?? 1;
  const progress = progressOn();
  const simulation = await runSimulation({
    seeds,
    firstSeed,
    ...(bug === undefined ? {} : { bug }),
    onSeed: (played) => progress.tell(`playing history ${played - firstSeed + 1} of ${seeds}`),
  }).finally(progress.end);
  const { failed } = simulation;
  if (json) process.stdout.write(`${JSON.stringify(jsonOf(simulation))}\n`);
  else console.log(simulationReport(simulation));
  for (const history of failed) console.error(`\n${failedSeedReport(history)}`);
  return failed.length === 0 ? 0 : 1;
};

const jsonOf = ({ failed, broken, ...rest }: Simulation) => ({
  ...rest,
  ...broken,
  failed: failed.map(({ seed, broken: promises }) => ({ seed, broken: promises })),
});
