import type { Command } from '@commander-js/extra-typings';
import { env, json } from './shared-options.ts';

export const addKeyCommands = (program: Command): void => {
  program
    .command('keys')
    .description('keys of links in mails')
    .command('rotate')
    .description('a new key for links in mails to sales; those that are out stay good')
    .option('--even-early', 'also if links of the key before may be in use: they end')
    .addOption(env())
    .addOption(json())
    .addHelpText(
      'after',
      `
The key of links to unsubscribe and to confirm is never changed: those never expire.

Exit codes:
  0  rotated   1  too early, nothing changed

Examples:
  $ npx baton keys rotate --env prod
  $ npx baton keys rotate --env prod --even-early`,
    )
    .action(async (options) => {
      const { keysRotate } = await import('../commands/keys-rotate.ts');
      process.exitCode = await keysRotate(options);
    });
};
