import { type Command, Option } from '@commander-js/extra-typings';
import { count } from './numbers.ts';
import { json } from './shared-options.ts';

export const addSimulationCommands = (program: Command): void => {
  program
    .command('simulate')
    .description('plays random histories under faults in this process, and checks every promise')
    .addOption(
      new Option('--seeds <n>', 'how many histories; without --seed 300, with it 1').argParser(count),
    )
    .addOption(new Option('--seed <n>', 'the seed of the first one').argParser(count))
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx baton simulate\n  $ npx baton simulate --seed 71\n  $ npx baton simulate --seeds 10000 --json',
    )
    .action(async (options) => {
      const { simulate } = await import('../commands/simulate.ts');
      process.exitCode = await simulate(options);
    });
};
