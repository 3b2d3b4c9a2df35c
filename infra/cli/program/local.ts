import { type Command, Option } from '@commander-js/extra-typings';
import { count, port } from './numbers.ts';
import { json } from './shared-options.ts';

export const addLocalCommands = (program: Command): void => {
  program
    .command('start')
    .description('runs Baton on this machine and shows what happens, until Ctrl-C')
    .addOption(
      new Option('--api-port <port>', 'port of the pages behind links in mails')
        .argParser(port)
        .default(8700),
    )
    .addOption(
      new Option('--mails-port <port>', 'port of the page with all mails').argParser(port).default(8701),
    )
    .addHelpText('after', '\nExamples:\n  $ npm start\n  $ npm start -- --mails-port 9001')
    .action(async (options) => {
      const { start } = await import('../commands/start.ts');
      process.exitCode = await start(options);
    });

  program
    .command('demo')
    .description('plays ten days with sample or real leads, checks every promise, and stops')
    .addOption(json())
    .option(
      '--input <path>',
      'CSV file, or folder of them, that a mapping knows (see infra/cli/import/mappings)',
    )
    .addOption(new Option('--limit <leads>', 'only the first leads of the input').argParser(count))
    .addHelpText(
      'after',
      `
Examples:
  $ npm run demo
  $ npm run -s demo -- --json
  $ npm run demo -- --input ./funnel --limit 200`,
    )
    .action(async (options) => {
      const { demo } = await import('../commands/demo.ts');
      process.exitCode = await demo(options);
    });
};
