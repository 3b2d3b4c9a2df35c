import { type Command, Option } from '@commander-js/extra-typings';
import { count } from './numbers.ts';
import { env, json } from './shared-options.ts';

export const addHealthCommands = (program: Command): void => {
  program
    .command('doctor')
    .description('looks for what keeps an environment from working, and names the remedies')
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      `
Exit codes:
  0  nothing is broken; there may be warnings   1  something is broken

Examples:
  $ npx baton doctor --env prod
  $ npx baton doctor --env prod --json`,
    )
    .action(async (options) => {
      const { doctor } = await import('../commands/doctor.ts');
      process.exitCode = await doctor(options);
    });

  program
    .command('costs')
    .description('computes what an environment costs idle, and per engagement event')
    .addOption(env())
    .addOption(new Option('--events <n>', 'engagement events a month').argParser(count).default(1_000_000))
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  $ npx baton costs\n  $ npx baton costs --env dev --events 200000')
    .action(async (options) => {
      const { costs } = await import('../commands/costs.ts');
      process.exitCode = await costs(options);
    });
};
