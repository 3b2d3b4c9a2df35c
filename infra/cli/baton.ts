#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { failure } from './failure.ts';

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return value;
};

const port = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('Write a port from 1 to 65535.');
  return value;
};

const program = new Command('baton')
  .description('Hands leads from marketing to sales, and drops none.')
  .showHelpAfterError('(baton --help says more)')
  // Subcommands take it over, so it comes before them.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .addHelpText(
    'after',
    `
Exit codes:
  0  all is well      1  a promise was broken, or a check failed
  2  wrong usage      3  it could not run; one sentence says what to do`,
  );

program
  .command('start')
  .description('runs Baton on this machine and shows what happens, until Ctrl-C')
  .addOption(
    new Option('--api-port <port>', 'port of the pages behind links in mails').argParser(port).default(8700),
  )
  .addOption(
    new Option('--mails-port <port>', 'port of the page with all mails').argParser(port).default(8701),
  )
  .addHelpText('after', '\nExamples:\n  $ npm start\n  $ npm start -- --mails-port 9001')
  .action(async (options) => {
    const { start } = await import('./commands/start.ts');
    process.exitCode = await start(options);
  });

program
  .command('demo')
  .description('plays ten days with sample or real leads, checks every promise, and stops')
  .option('--json', 'print one JSON object on stdout, and nothing else')
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
  $ npm run demo -- --input ../shared/data/olist --limit 200`,
  )
  .action(async (options) => {
    const { demo } = await import('./commands/demo.ts');
    process.exitCode = await demo(options);
  });

const policy = program.command('policy').description('what RevOps decides: scores, routes, deadlines, mails');

policy
  .command('check')
  .description('reads and compiles a policy, and says where it cannot be meant')
  .argument('[folder]', 'with policy.yaml; without one the policy that ships')
  .addHelpText('after', '\nExamples:\n  $ npx baton policy check\n  $ npx baton policy check ./my-policy')
  .action(async (folder) => {
    const { checkPolicyFolder } = await import('./commands/policy-check.ts');
    process.exitCode = await checkPolicyFolder(folder);
  });

try {
  await program.parseAsync();
} catch (error) {
  const { text, exitCode } = failure(error);
  console.error(text);
  process.exitCode = exitCode;
}
