import type { Command } from '@commander-js/extra-typings';
import { env, json } from './shared-options.ts';

export const addDeploymentCommands = (program: Command): void => {
  program
    .command('deploy')
    .description('brings an environment in your AWS account up to date')
    .addOption(env())
    .option('--yes', 'do not ask before permissions change')
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx baton deploy --env dev\n  $ npx baton deploy --env prod --yes --json',
    )
    .action(async (options) => {
      const { deploy } = await import('../commands/deploy.ts');
      process.exitCode = await deploy(options);
    });

  program
    .command('diff')
    .description('prints what a deploy would change')
    .addOption(env())
    .addHelpText('after', '\nExample:\n  $ npx baton diff --env prod')
    .action(async (options) => {
      const { diff } = await import('../commands/diff.ts');
      process.exitCode = await diff(options);
    });

  program
    .command('synth')
    .description("prints an environment's CloudFormation template")
    .addOption(env())
    .option('--json', 'as JSON instead of YAML')
    .addHelpText('after', '\nExample:\n  $ npx baton synth --env prod > prod.yaml')
    .action(async (options) => {
      const { synth } = await import('../commands/synth.ts');
      process.exitCode = await synth(options);
    });

  program
    .command('destroy')
    .description('deletes an environment; where data is to be kept, it stays in the account')
    .addOption(env())
    .option('--yes', 'do not ask for the name of the environment')
    .option('--even-prod', 'also if it is prod')
    .addOption(json())
    .addHelpText('after', '\nExample:\n  $ npx baton destroy --env dev')
    .action(async (options) => {
      const { destroy } = await import('../commands/destroy.ts');
      process.exitCode = await destroy(options);
    });
};
