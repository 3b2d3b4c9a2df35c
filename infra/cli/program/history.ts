import { type Command, Option } from '@commander-js/extra-typings';
import { count } from './numbers.ts';
import { env, json, pace } from './shared-options.ts';

export const addHistoryCommands = (program: Command): void => {
  program
    .command('replay')
    .description('plays a history in this process, and says what the policy would have made of it')
    .requiredOption(
      '--input <path>',
      'CSV or JSONL file, or folder of them, that a mapping knows (see infra/cli/import/mappings)',
    )
    .option('--mapping <file>', 'how its columns become events, or the name of a mapping that ships')
    .option('--policy <file>', 'policy.yaml, or its folder; without one the policy that ships')
    .option('--against <file>', 'another policy: who would change stage, MQLs a week, load of sales')
    .option('--calendar <name>', "whose open hours waits are counted in; without one the policy's first")
    .option('--roster <file>', 'who works in sales; without one the roster that ships')
    .addOption(json())
    .addHelpText(
      'after',
      `
Examples:
  $ npx baton replay --input ./funnel
  $ npx baton replay --input ./tickets --calendar dach
  $ npx baton replay --input ./funnel --against ./trial/policy.yaml --json`,
    )
    .action(async (options) => {
      const { replay } = await import('../commands/replay.ts');
      process.exitCode = await replay(options);
    });

  program
    .command('import')
    .description('brings in what happened before: scored and kept, but nobody is handed off or mailed')
    .argument('<path>', 'CSV or JSONL file, or a folder of them')
    .option(
      '--mapping <file>',
      'how rows become events: a file, or plain or olist; else one that knows the columns',
    )
    .addOption(env())
    .addOption(
      new Option('--mode <mode>', 'live: as if it happened now; hands off and mails')
        .choices(['history', 'live'] as const)
        .default('history' as const),
    )
    .option('--confirm <env>', 'for --mode live: the name of the environment once more')
    .option('--rejects <file>', 'where rows go that nobody can use; else PATH.rejected.csv')
    .addOption(json())
    .addHelpText(
      'after',
      `
Done again it changes nothing; stopped it goes on where it was.

Examples:
  $ npx baton import contacts.csv --mapping ./our-crm.yaml --env prod
  $ npx baton import events.jsonl --env dev --json
  $ npx baton import last-week.csv --env dev --mode live --confirm dev`,
    )
    .action(async (path, options) => {
      const { importData } = await import('../commands/import.ts');
      process.exitCode = await importData(path, options);
    });

  program
    .command('activate')
    .description('hands on the leads that an import found to be MQLs, at the pace that sales can take')
    .addOption(pace(10))
    .addOption(env())
    .option('--by <id>', 'who decides it; else your user name on this machine')
    .option('--since <date>', 'only leads whose engagement happened since then, 2026-01-31')
    .addOption(new Option('--limit <n>', 'only so many: who asked, then the highest score').argParser(count))
    .option('--dry-run', 'only list them')
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx baton activate --dry-run --env prod\n  $ npx baton activate --rate 30/min --since 2026-01-01 --env prod',
    )
    .action(async (options) => {
      const { activate } = await import('../commands/activate.ts');
      process.exitCode = await activate(options);
    });
};
