import { type Command, Option } from '@commander-js/extra-typings';
import { env, json, person } from './shared-options.ts';

export const addLeadCommands = (program: Command): void => {
  const lead = program
    .command('lead')
    .description('what people decide about one lead: its stage, and what of it counts');

  lead
    .command('promote')
    .description('makes it an MQL whatever its points are, unless the policy excludes it')
    .addOption(leadId())
    .addOption(because())
    .addOption(person())
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      '\nExample:\n  $ npx baton lead promote --lead l4kT9 --reason "met at the fair" --by anna --env prod',
    )
    .action(async (options) => {
      const { leadMove } = await import('../commands/lead-move.ts');
      process.exitCode = await leadMove('promote', options);
    });

  lead
    .command('demote')
    .description('takes it back from sales; to be an MQL again takes new interest')
    .addOption(leadId())
    .addOption(because())
    .addOption(person())
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      '\nExample:\n  $ npx baton lead demote --lead l4kT9 --reason "a supplier, not a customer" --by anna --env prod',
    )
    .action(async (options) => {
      const { leadMove } = await import('../commands/lead-move.ts');
      process.exitCode = await leadMove('demote', options);
    });

  lead
    .command('judge')
    .description('says whether one engagement counts')
    .addOption(leadId())
    .requiredOption(
      '--engagement <id>',
      'as its producer named it, or by its short name, as baton explain --timeline lists it',
    )
    .addOption(
      new Option('--verdict <verdict>', 'hold: not for now; void: not at all; release: it counts after all')
        .choices(['hold', 'release', 'void'] as const)
        .makeOptionMandatory(),
    )
    .addOption(because())
    .addOption(person())
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      `
The last word counts. Nobody is demoted by it; a release may make an MQL.

Example:
  $ npx baton lead judge --lead l4kT9 --engagement click-71 --verdict void --reason "a link checker" --env prod`,
    )
    .action(async (options) => {
      const { leadJudge } = await import('../commands/lead-judge.ts');
      process.exitCode = await leadJudge(options);
    });

  lead
    .command('merge')
    .description('makes one lead of two that are one person; the older one stays, and it cannot be undone')
    .addOption(new Option('--lead <id>', 'each of the two, as facts and mails name it').argParser(each))
    .addOption(new Option('--email <address>', 'the same, by an address of the lead').argParser(each))
    .addOption(because())
    .addOption(person())
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      `
Whatever is about the younger one is about the older one from then on: names, score, timeline, handoff, campaigns. The
stricter consent of both holds. It is refused while both have a handoff that is open or accepted.

Examples:
  $ npx baton lead merge --lead l4kT9 --lead lK3x9 --reason "one person, two addresses" --by anna --env prod
  $ npx baton lead merge --email jo@acme.example --email jo.doe@mail.example --reason "told us on the phone"`,
    )
    .action(async (options) => {
      const { leadMerge } = await import('../commands/lead-merge.ts');
      process.exitCode = await leadMerge(options);
    });
};

const leadId = () => new Option('--lead <id>', 'the lead, as facts and mails name it').makeOptionMandatory();
const because = () => new Option('--reason <text>', 'why; it stays with the lead').makeOptionMandatory();

const each = (value: string, others: readonly string[] = []): readonly string[] => [...others, value];
