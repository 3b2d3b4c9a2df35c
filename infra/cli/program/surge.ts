import { type Command, Option } from '@commander-js/extra-typings';
import { count } from './numbers.ts';
import { env, json, pace, person } from './shared-options.ts';

export const addSurgeCommands = (program: Command): void => {
  const surge = program
    .command('surge')
    .description('MQLs by points that were held back because too many came at once');

  surge
    .command('show')
    .description('says whether the brake is on, and who waits')
    .addOption(env())
    .addOption(json())
    .addHelpText('after', '\nExample:\n  $ npx baton surge show --env prod')
    .action(async (options) => {
      const { surgeShow } = await import('../commands/surge-show.ts');
      process.exitCode = await surgeShow(options);
    });

  surge
    .command('release')
    .description('hands on those that were held back and still qualify, at the pace that sales can take')
    .addOption(pace(10))
    .addOption(new Option('--limit <n>', 'only so many: the highest score first').argParser(count))
    .addOption(person())
    .addOption(env())
    .addOption(json())
    .addHelpText('after', '\nExample:\n  $ npx baton surge release --rate 5/min --by anna --env prod')
    .action(async (options) => {
      const { surgeRelease } = await import('../commands/surge-release.ts');
      process.exitCode = await surgeRelease(options);
    });
};
