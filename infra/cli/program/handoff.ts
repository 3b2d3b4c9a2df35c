import { type Command, Option } from '@commander-js/extra-typings';
import { count } from './numbers.ts';
import { env, json } from './shared-options.ts';

export const addHandoffCommands = (program: Command): void => {
  const handoff = program.command('handoff').description('one handoff, by the API that other systems use');

  handoff
    .command('show')
    .description('says who holds it, and what is due when')
    .addOption(handoffId())
    .addOption(env())
    .addOption(json())
    .addHelpText('after', '\nExample:\n  $ npx baton handoff show --id h-3kT9 --env prod')
    .action(async (options) => {
      const { handoffShow } = await import('../commands/handoff-show.ts');
      process.exitCode = await handoffShow(options);
    });

  handoff
    .command('answer')
    .description('says what a rep or a manager decides')
    .addOption(handoffId())
    .requiredOption('--by <id>', 'who decides it: their id in the roster')
    .requiredOption('--answer <answer>', 'accept, take, pull-back, or an answer as JSON')
    .option('--command <id>', 'a name of yours for this command: repeated under it, it counts once')
    .addOption(
      new Option('--assignment <n>', 'which one they saw; baton handoff show names it').argParser(count),
    )
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      `
Exit codes:
  0  it is so, now or already   1  it was refused, and nothing changed

Examples:
  $ npx baton handoff answer --id h-3kT9 --by anna --answer accept --env prod
  $ npx baton handoff answer --id h-3kT9 --by anna --answer '{"type":"reject","reason":"no-need"}' --env prod
  $ npx baton handoff answer --id h-3kT9 --by hanna --answer '{"type":"give","to":"ben"}' --assignment 1 --env prod`,
    )
    .action(async (options) => {
      const { handoffAnswer } = await import('../commands/handoff-answer.ts');
      process.exitCode = await handoffAnswer(options);
    });
};

const handoffId = () =>
  new Option('--id <id>', 'the handoff, as facts and alerts name it').makeOptionMandatory();
