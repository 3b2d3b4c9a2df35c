import { type Command, Option } from '@commander-js/extra-typings';
import { count } from './numbers.ts';
import { env, json } from './shared-options.ts';

export const addExplanationCommands = (program: Command): void => {
  program
    .command('explain')
    .description('says why a lead has its score, and what it lacks to be an MQL')
    .option('--lead <id>', 'the lead, as facts and mails name it')
    .option('--email <address>', 'or by its address; that takes the key that addresses are stored by')
    .option('--at <time>', 'at another moment: "2026-11-02 09:00", or with an offset')
    .addOption(
      new Option('--timeline [page]', 'also what it did, 20 to a page, the newest first').argParser(count),
    )
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      `
Without --env and BATON_ENV it asks the local stack (npm start).

Examples:
  $ npx baton explain --lead lK3x9 --timeline
  $ npx baton explain --email jo@acme.example --env prod --at 2026-11-02 --json`,
    )
    .action(async (options) => {
      const { explain } = await import('../commands/explain.ts');
      process.exitCode = await explain(options);
    });
};
