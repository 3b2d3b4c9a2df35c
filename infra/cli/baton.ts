#!/usr/bin/env node
import { Command } from '@commander-js/extra-typings';
import { failure } from './failure.ts';
import { addDeploymentCommands } from './program/deployment.ts';
import { addExplanationCommands } from './program/explanation.ts';
import { addHandoffCommands } from './program/handoff.ts';
import { addHealthCommands } from './program/health.ts';
import { addHistoryCommands } from './program/history.ts';
import { addKeyCommands } from './program/keys.ts';
import { addLeadCommands } from './program/lead.ts';
import { addLocalCommands } from './program/local.ts';
import { addPolicyCommands } from './program/policy.ts';
import { addRosterCommands } from './program/roster.ts';
import { addSimulationCommands } from './program/simulation.ts';
import { addSurgeCommands } from './program/surge.ts';

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

// In the order in which the help lists them.
addLocalCommands(program);
addDeploymentCommands(program);
addHealthCommands(program);
addHistoryCommands(program);
addSimulationCommands(program);
addExplanationCommands(program);
addLeadCommands(program);
addPolicyCommands(program);
addSurgeCommands(program);
addRosterCommands(program);
addHandoffCommands(program);
addKeyCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  const { text, exitCode } = failure(error);
  console.error(text);
  process.exitCode = exitCode;
}
