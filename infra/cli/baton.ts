#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { failure } from './failure.ts';

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return value;
};

const rate = (text: string): number => count(text.replace(/\s*(\/\s*min|per minute)$/, ''));

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
  $ npm run demo -- --input ./funnel --limit 200`,
  )
  .action(async (options) => {
    const { demo } = await import('./commands/demo.ts');
    process.exitCode = await demo(options);
  });

const env = () => new Option('--env <name>', 'dev, staging, prod, or what BATON_ENV names');

program
  .command('deploy')
  .description('brings an environment in your AWS account up to date')
  .addOption(env())
  .option('--yes', 'do not ask before permissions change')
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    '\nExamples:\n  $ npx baton deploy --env dev\n  $ npx baton deploy --env prod --yes --json',
  )
  .action(async (options) => {
    const { deploy } = await import('./commands/deploy.ts');
    process.exitCode = await deploy(options);
  });

program
  .command('diff')
  .description('prints what a deploy would change')
  .addOption(env())
  .addHelpText('after', '\nExample:\n  $ npx baton diff --env prod')
  .action(async (options) => {
    const { diff } = await import('./commands/diff.ts');
    process.exitCode = await diff(options);
  });

program
  .command('synth')
  .description("prints an environment's CloudFormation template")
  .addOption(env())
  .option('--json', 'as JSON instead of YAML')
  .addHelpText('after', '\nExample:\n  $ npx baton synth --env prod > prod.yaml')
  .action(async (options) => {
    const { synth } = await import('./commands/synth.ts');
    process.exitCode = await synth(options);
  });

program
  .command('destroy')
  .description('deletes an environment; where data is to be kept, it stays in the account')
  .addOption(env())
  .option('--yes', 'do not ask for the name of the environment')
  .option('--even-prod', 'also if it is prod')
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText('after', '\nExample:\n  $ npx baton destroy --env dev')
  .action(async (options) => {
    const { destroy } = await import('./commands/destroy.ts');
    process.exitCode = await destroy(options);
  });

program
  .command('doctor')
  .description('looks for what keeps an environment from working, and names the remedies')
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    `
Exit codes:
  0  nothing is broken; there may be warnings   1  something is broken

Examples:
  $ npx baton doctor --env prod
  $ npx baton doctor --env prod --json`,
  )
  .action(async (options) => {
    const { doctor } = await import('./commands/doctor.ts');
    process.exitCode = await doctor(options);
  });

program
  .command('costs')
  .description('computes what an environment costs idle, and per engagement event')
  .addOption(env())
  .addOption(new Option('--events <n>', 'engagement events a month').argParser(count).default(1_000_000))
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText('after', '\nExamples:\n  $ npx baton costs\n  $ npx baton costs --env dev --events 200000')
  .action(async (options) => {
    const { costs } = await import('./commands/costs.ts');
    process.exitCode = await costs(options);
  });

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
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    `
Examples:
  $ npx baton replay --input ./funnel
  $ npx baton replay --input ./tickets --calendar dach
  $ npx baton replay --input ./funnel --against ./trial/policy.yaml --json`,
  )
  .action(async (options) => {
    const { replay } = await import('./commands/replay.ts');
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
  .option('--json', 'print one JSON object on stdout, and nothing else')
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
    const { importData } = await import('./commands/import.ts');
    process.exitCode = await importData(path, options);
  });

program
  .command('activate')
  .description('hands on the leads that an import found to be MQLs, at the pace that sales can take')
  .addOption(new Option('--rate <n>', 'leads a minute').argParser(rate).default(10))
  .addOption(env())
  .option('--by <id>', 'who decides it; else your user name on this machine')
  .option('--since <date>', 'only leads whose engagement happened since then, 2026-01-31')
  .addOption(new Option('--limit <n>', 'only so many: who asked, then the highest score').argParser(count))
  .option('--dry-run', 'only list them')
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    '\nExamples:\n  $ npx baton activate --dry-run --env prod\n  $ npx baton activate --rate 30/min --since 2026-01-01 --env prod',
  )
  .action(async (options) => {
    const { activate } = await import('./commands/activate.ts');
    process.exitCode = await activate(options);
  });

program
  .command('simulate')
  .description('plays random histories under faults in this process, and checks every promise')
  .addOption(new Option('--seeds <n>', 'how many histories; without --seed 300, with it 1').argParser(count))
  .addOption(new Option('--seed <n>', 'the seed of the first one').argParser(count))
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    '\nExamples:\n  $ npx baton simulate\n  $ npx baton simulate --seed 71\n  $ npx baton simulate --seeds 10000 --json',
  )
  .action(async (options) => {
    const { simulate } = await import('./commands/simulate.ts');
    process.exitCode = await simulate(options);
  });

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
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    `
Without --env and BATON_ENV it asks the local stack (npm start).

Examples:
  $ npx baton explain --lead lK3x9 --timeline
  $ npx baton explain --email jo@acme.example --env prod --at 2026-11-02 --json`,
  )
  .action(async (options) => {
    const { explain } = await import('./commands/explain.ts');
    process.exitCode = await explain(options);
  });

const lead = program
  .command('lead')
  .description('what people decide about one lead: its stage, and what of it counts');

const leadId = () => new Option('--lead <id>', 'the lead, as facts and mails name it').makeOptionMandatory();
const because = () => new Option('--reason <text>', 'why; it stays with the lead').makeOptionMandatory();
const person = () => new Option('--by <id>', 'who decides it; else your user name on this machine');

lead
  .command('promote')
  .description('makes it an MQL whatever its points are, unless the policy excludes it')
  .addOption(leadId())
  .addOption(because())
  .addOption(person())
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    '\nExample:\n  $ npx baton lead promote --lead l4kT9 --reason "met at the fair" --by anna --env prod',
  )
  .action(async (options) => {
    const { leadMove } = await import('./commands/lead-move.ts');
    process.exitCode = await leadMove('promote', options);
  });

lead
  .command('demote')
  .description('takes it back from sales; to be an MQL again takes new interest')
  .addOption(leadId())
  .addOption(because())
  .addOption(person())
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    '\nExample:\n  $ npx baton lead demote --lead l4kT9 --reason "a supplier, not a customer" --by anna --env prod',
  )
  .action(async (options) => {
    const { leadMove } = await import('./commands/lead-move.ts');
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
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    `
The last word counts. Nobody is demoted by it; a release may make an MQL.

Example:
  $ npx baton lead judge --lead l4kT9 --engagement click-71 --verdict void --reason "a link checker" --env prod`,
  )
  .action(async (options) => {
    const { leadJudge } = await import('./commands/lead-judge.ts');
    process.exitCode = await leadJudge(options);
  });

const each = (value: string, others: readonly string[] = []): readonly string[] => [...others, value];

lead
  .command('merge')
  .description('makes one lead of two that are one person; the older one stays, and it cannot be undone')
  .addOption(new Option('--lead <id>', 'each of the two, as facts and mails name it').argParser(each))
  .addOption(new Option('--email <address>', 'the same, by an address of the lead').argParser(each))
  .addOption(because())
  .addOption(person())
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
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
    const { leadMerge } = await import('./commands/lead-merge.ts');
    process.exitCode = await leadMerge(options);
  });

const policy = program.command('policy').description('what RevOps decides: scores, routes, deadlines, mails');

policy
  .command('check')
  .description('says in words what a policy means, or where it cannot be meant')
  .argument('[folder]', 'with policy.yaml; without one the policy that ships')
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText('after', '\nExamples:\n  $ npx baton policy check\n  $ npx baton policy check ./my-policy')
  .action(async (folder, options) => {
    const { checkPolicyFolder } = await import('./commands/policy-check.ts');
    process.exitCode = await checkPolicyFolder(folder, options);
  });

policy
  .command('diff')
  .description('says in words what a change of the policy does')
  .argument('[from]', 'folder with policy.yaml; alone it is compared with the policy that ships')
  .argument('[to]', 'folder with the changed policy.yaml')
  .option('--env <name>', 'compare with what is published there: what would publishing change?')
  .option('--json', 'print one JSON object on stdout, and nothing else')
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
    const { diffPolicyFolders } = await import('./commands/policy-diff.ts');
    process.exitCode = await diffPolicyFolders(from, to, options);
  });

policy
  .command('schema')
  .description('prints the JSON Schema of policy.yaml, for editors')
  .addHelpText('after', '\nExample:\n  $ npx baton policy schema > policy.schema.json')
  .action(async () => {
    const { policySchema } = await import('./commands/policy-schema.ts');
    process.exitCode = policySchema();
  });

program
  .command('publish')
  .description('puts a policy in force; functions follow within a minute, without a deploy')
  .argument('[folder]', 'with policy.yaml; without one the policy that ships')
  .option('--env <name>', 'local, dev, staging, prod, or what BATON_ENV names')
  .option('--rollback', 'put the policy back that was published before; once more goes back further')
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    `
Examples:
  $ npx baton publish --env local
  $ npx baton publish ./my-policy --env prod
  $ npx baton publish --env prod --rollback`,
  )
  .action(async (folder, options) => {
    const { publish } = await import('./commands/publish.ts');
    process.exitCode = await publish(folder, options);
  });

policy
  .command('impact')
  .description(
    'says who would be an MQL, hot or cold under a policy, with nothing new happening; changes nothing',
  )
  .argument('[folder]', 'with policy.yaml; without one the policy in force, for leads that have an older one')
  .addOption(env())
  .addOption(
    new Option('--limit <n>', 'list only so many leads; else 20, and with --json all').argParser(count),
  )
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    '\nExamples:\n  $ npx baton policy impact ./my-policy --env prod\n  $ npx baton policy impact --env prod --json',
  )
  .action(async (folder, options) => {
    const { policyImpact } = await import('./commands/policy-impact.ts');
    process.exitCode = await policyImpact(folder, options);
  });

policy
  .command('apply')
  .description(
    'lets the policy in force take hold of leads that it has not reached; who qualifies becomes an MQL',
  )
  .addOption(new Option('--rate <n>', 'leads a minute').argParser(rate).default(60))
  .addOption(new Option('--limit <n>', 'only so many').argParser(count))
  .addOption(person())
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    `
Stopped it goes on where it was. npx baton policy impact says beforehand what it would do.

Example:
  $ npx baton policy apply --rate 30/min --by anna --env prod`,
  )
  .action(async (options) => {
    const { policyApply } = await import('./commands/policy-apply.ts');
    process.exitCode = await policyApply(options);
  });

const surge = program
  .command('surge')
  .description('MQLs by points that were held back because too many came at once');

surge
  .command('show')
  .description('says whether the brake is on, and who waits')
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText('after', '\nExample:\n  $ npx baton surge show --env prod')
  .action(async (options) => {
    const { surgeShow } = await import('./commands/surge-show.ts');
    process.exitCode = await surgeShow(options);
  });

surge
  .command('release')
  .description('hands on those that were held back and still qualify, at the pace that sales can take')
  .addOption(new Option('--rate <n>', 'leads a minute').argParser(rate).default(10))
  .addOption(new Option('--limit <n>', 'only so many: the highest score first').argParser(count))
  .addOption(person())
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText('after', '\nExample:\n  $ npx baton surge release --rate 5/min --by anna --env prod')
  .action(async (options) => {
    const { surgeRelease } = await import('./commands/surge-release.ts');
    process.exitCode = await surgeRelease(options);
  });

const roster = program
  .command('roster')
  .description('who works in sales: data that changes without a deploy');

roster
  .command('put')
  .description('puts a roster in place, if it fits the policy in force')
  .argument('<file>', 'like infra/cli/seed/roster.yaml')
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
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
    const { rosterPut } = await import('./commands/roster-put.ts');
    process.exitCode = await rosterPut(file, options);
  });

roster
  .command('show')
  .description('prints who works in sales, how many leads they hold, and who is away')
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText('after', '\nExample:\n  $ npx baton roster show --env prod')
  .action(async (options) => {
    const { rosterShow } = await import('./commands/roster-show.ts');
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
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    '\nExamples:\n  $ npx baton roster away --person anna --from 2026-12-21 --until 2027-01-04 --env prod\n  $ npx baton roster away --person anna --clear --env prod',
  )
  .action(async (options) => {
    const { rosterAway } = await import('./commands/roster-away.ts');
    process.exitCode = await rosterAway(options);
  });

const handoff = program.command('handoff').description('one handoff, by the API that other systems use');

const handoffId = () =>
  new Option('--id <id>', 'the handoff, as facts and alerts name it').makeOptionMandatory();

handoff
  .command('show')
  .description('says who holds it, and what is due when')
  .addOption(handoffId())
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText('after', '\nExample:\n  $ npx baton handoff show --id h-3kT9 --env prod')
  .action(async (options) => {
    const { handoffShow } = await import('./commands/handoff-show.ts');
    process.exitCode = await handoffShow(options);
  });

handoff
  .command('answer')
  .description('says what a rep or a manager decides')
  .addOption(handoffId())
  .requiredOption('--by <id>', 'who decides it: their id in the roster')
  .requiredOption('--answer <answer>', 'accept, take, pull-back, or an answer as JSON')
  .option('--command <id>', 'a name of yours for this command: repeated under it, it counts once')
  .addOption(
    new Option('--assignment <n>', 'which one they saw; baton handoff show names it').argParser(count),
  )
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
  .addHelpText(
    'after',
    `
Exit codes:
  0  it is so, now or already   1  it was refused, and nothing changed

Examples:
  $ npx baton handoff answer --id h-3kT9 --by anna --answer accept --env prod
  $ npx baton handoff answer --id h-3kT9 --by anna --answer '{"type":"reject","reason":"no-need"}' --env prod
  $ npx baton handoff answer --id h-3kT9 --by hanna --answer '{"type":"give","to":"ben"}' --assignment 1 --env prod`,
  )
  .action(async (options) => {
    const { handoffAnswer } = await import('./commands/handoff-answer.ts');
    process.exitCode = await handoffAnswer(options);
  });

program
  .command('keys')
  .description('keys of links in mails')
  .command('rotate')
  .description('a new key for links in mails to sales; those that are out stay good')
  .option('--even-early', 'also if links of the key before may be in use: they end')
  .addOption(env())
  .option('--json', 'print one JSON object on stdout, and nothing else')
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
    const { keysRotate } = await import('./commands/keys-rotate.ts');
    process.exitCode = await keysRotate(options);
  });

try {
  await program.parseAsync();
} catch (error) {
  const { text, exitCode } = failure(error);
  console.error(text);
  process.exitCode = exitCode;
}
