import { type Command, Option } from '@commander-js/extra-typings';
import { count } from './numbers.ts';
import { env, json, pace, person } from './shared-options.ts';

export const addPolicyCommands = (program: Command): void => {
  const policy = program
    .command('policy')
    .description('what RevOps decides: scores, routes, deadlines, mails');

  policy
    .command('check')
    .description('says in words what a policy means, or where it cannot be meant')
    .argument('[folder]', 'with policy.yaml; without one the policy that ships')
    .addOption(json())
    .addHelpText('after', '\nExamples:\n  $ npx baton policy check\n  $ npx baton policy check ./my-policy')
    .action(async (folder, options) => {
      const { checkPolicyFolder } = await import('../commands/policy-check.ts');
      process.exitCode = await checkPolicyFolder(folder, options);
    });

  policy
    .command('diff')
    .description('says in words what a change of the policy does')
    .argument('[from]', 'folder with policy.yaml; alone it is compared with the policy that ships')
    .argument('[to]', 'folder with the changed policy.yaml')
    .option('--env <name>', 'compare with what is published there: what would publishing change?')
    .addOption(json())
    .addHelpText(
      'after',
      `
Exit codes:
  0  no difference   1  there are differences

Examples:
  $ npx baton policy diff ./my-policy
  $ npx baton policy diff ./old-policy ./my-policy
  $ npx baton policy diff ./my-policy --env prod`,
    )
    .action(async (from, to, options) => {
      const { diffPolicyFolders } = await import('../commands/policy-diff.ts');
      process.exitCode = await diffPolicyFolders(from, to, options);
    });

  policy
    .command('schema')
    .description('prints the JSON Schema of policy.yaml, for editors')
    .addHelpText('after', '\nExample:\n  $ npx baton policy schema > policy.schema.json')
    .action(async () => {
      const { policySchema } = await import('../commands/policy-schema.ts');
      process.exitCode = policySchema();
    });

  program
    .command('publish')
    .description('puts a policy in force; functions follow within a minute, without a deploy')
    .argument('[folder]', 'with policy.yaml; without one the policy that ships')
    .option('--env <name>', 'local, dev, staging, prod, or what BATON_ENV names')
    .option('--rollback', 'put the policy back that was published before; once more goes back further')
    .addOption(json())
    .addHelpText(
      'after',
      `
Examples:
  $ npx baton publish --env local
  $ npx baton publish ./my-policy --env prod
  $ npx baton publish --env prod --rollback`,
    )
    .action(async (folder, options) => {
      const { publish } = await import('../commands/publish.ts');
      process.exitCode = await publish(folder, options);
    });

  policy
    .command('impact')
    .description(
      'says who would be an MQL, hot or cold under a policy, with nothing new happening; changes nothing',
    )
    .argument(
      '[folder]',
      'with policy.yaml; without one the policy in force, for leads that have an older one',
    )
    .addOption(env())
    .addOption(
      new Option('--limit <n>', 'list only so many leads; else 20, and with --json all').argParser(count),
    )
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx baton policy impact ./my-policy --env prod\n  $ npx baton policy impact --env prod --json',
    )
    .action(async (folder, options) => {
      const { policyImpact } = await import('../commands/policy-impact.ts');
      process.exitCode = await policyImpact(folder, options);
    });

  policy
    .command('apply')
    .description(
      'lets the policy in force take hold of leads that it has not reached; who qualifies becomes an MQL',
    )
    .addOption(pace(60))
    .addOption(new Option('--limit <n>', 'only so many').argParser(count))
    .addOption(person())
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      `
Stopped it goes on where it was. npx baton policy impact says beforehand what it would do.

Example:
  $ npx baton policy apply --rate 30/min --by anna --env prod`,
    )
    .action(async (options) => {
      const { policyApply } = await import('../commands/policy-apply.ts');
      process.exitCode = await policyApply(options);
    });
};
