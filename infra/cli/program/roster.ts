import type { Command } from '@commander-js/extra-typings';
import { env, json } from './shared-options.ts';

export const addRosterCommands = (program: Command): void => {
  const roster = program
    .command('roster')
    .description('who works in sales: data that changes without a deploy');

  roster
    .command('put')
    .description('puts a roster in place, if it fits the policy in force')
    .argument('<file>', 'like infra/cli/seed/roster.yaml')
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      `
A CSV file has one person a row: id, name, email, locale, calendar, capacity, team, manages, nextManagerOf
(several teams with spaces between them; a team works by the calendar of its manager).
Absences that the file does not speak of stay.

Examples:
  $ npx baton roster put roster.yaml --env dev
  $ npx baton roster put sales.csv --env prod --json`,
    )
    .action(async (file, options) => {
      const { rosterPut } = await import('../commands/roster-put.ts');
      process.exitCode = await rosterPut(file, options);
    });

  roster
    .command('show')
    .description('prints who works in sales, how many leads they hold, and who is away')
    .addOption(env())
    .addOption(json())
    .addHelpText('after', '\nExample:\n  $ npx baton roster show --env prod')
    .action(async (options) => {
      const { rosterShow } = await import('../commands/roster-show.ts');
      process.exitCode = await rosterShow(options);
    });

  roster
    .command('away')
    .description('says when somebody is away, so that new leads go to others; from the next lead on')
    .requiredOption('--person <id>', 'their id in the roster')
    .option('--from <time>', '2026-12-21 (from midnight where they are) or 2026-12-21T12:00+01:00; else now')
    .option('--until <time>', 'when they are back')
    .option('--clear', 'take all their absences out')
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx baton roster away --person anna --from 2026-12-21 --until 2027-01-04 --env prod\n  $ npx baton roster away --person anna --clear --env prod',
    )
    .action(async (options) => {
      const { rosterAway } = await import('../commands/roster-away.ts');
      process.exitCode = await rosterAway(options);
    });
};
