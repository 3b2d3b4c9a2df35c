/** Who may import whom (.dependency-cruiser.json), and the proof that the tool looked. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const root = join(import.meta.dirname, '..', '..');
const folders = ['functions', 'infra', 'shared', 'test'];

/** Files that break a rule each, in a copy of the tree that has nothing else. */
const planted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-circles': {
    'shared/domain/egg.ts': "import { hen } from './hen.ts';\nexport const egg = () => hen;",
    'shared/domain/hen.ts': "import { egg } from './egg.ts';\nexport const hen = () => egg;",
  },
  'nothing-missing': { 'shared/events/lost.ts': "export { nothing } from './nowhere.ts';" },
  'domain-is-pure': { 'shared/domain/reader.ts': "export { readFileSync } from 'node:fs';" },
  'events-are-plain': { 'shared/events/sender.ts': "export { SQSClient } from '@aws-sdk/client-sqs';" },
  'ports-are-types': {
    'shared/ports.ts': "import type { X } from './adapters/x.ts';\nexport type Y = X;",
    'shared/adapters/x.ts': 'export type X = string;',
  },
  'use-cases-know-ports': {
    'functions/do-this/do-this.ts': "export { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
  },
  'functions-stand-alone': {
    'functions/do-one/do-one.ts': "export { other } from '../do-other/do-other.ts';",
    'functions/do-other/do-other.ts': 'export const other = 1;',
  },
  'shared-knows-no-user': {
    'shared/adapters/upwards.ts': "export { handler } from '../../functions/do-it/handler.ts';",
    'functions/do-it/handler.ts': 'export const handler = 1;',
  },
  'aws-in-adapters': { 'shared/emails/sender.ts': "export { SESv2Client } from '@aws-sdk/client-sesv2';" },
  'adapters-know-no-policy-compiler': {
    'functions/do-mail/handler.ts': "export { layout } from '../../shared/emails/layout.ts';",
    'shared/emails/layout.ts': "export { parse as layout } from 'yaml';",
  },
  'infra-names-functions': {
    'infra/stack.ts': "export { work } from '../functions/do-work/do-work.ts';",
    'functions/do-work/do-work.ts': 'export const work = 1;',
  },
  'stack-knows-no-code': {
    'infra/constructs/scoring.ts': "export { store } from '../../shared/adapters/store.ts';",
    'shared/adapters/store.ts': 'export const store = 1;',
  },
  'product-knows-no-tests': {
    'shared/domain/tested.ts': "export { builder } from '../../test/support/builder.ts';",
    'test/support/builder.ts': 'export const builder = 1;',
  },
};

const rulesFile: unknown = JSON.parse(await readFile(join(root, '.dependency-cruiser.json'), 'utf8'));
// The tool checks its own configuration, and refuses a wrong one.
const { options, ...ruleSet } = rulesFile as Record<string, unknown> & { options: ICruiseOptions };

const cruiseResult = async (baseDir: string, paths: readonly string[]): Promise<ICruiseResult> => {
  const { output } = await cruise([...paths], { ...options, ruleSet, validate: true, baseDir });
  if (typeof output === 'string') throw new Error('the tool reported text instead of data');
  return output;
};

const violationsOf = ({ summary }: ICruiseResult): readonly string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);

const sourcesOnDisk = async (): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const folder of folders) {
    const files = await readdir(join(root, folder), { recursive: true }).catch(() => []);
    found.push(...files.filter((file) => /(?<![.]d)[.]ts$/.test(file)).map((file) => `${folder}/${file}`));
  }
  return found;
};

const checkTree = async (): Promise<readonly string[]> => {
  const existing = (await readdir(root)).filter((name) => folders.includes(name));
  const result = await cruiseResult(root, existing);
  const seen = new Set(result.modules.map(({ source }) => source));
  const unseen = (await sourcesOnDisk()).filter((file) => !seen.has(file));
  return [...violationsOf(result), ...unseen.map((file) => `not seen by the tool: ${file}`)];
};

const checkPlanted = async (): Promise<readonly string[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'baton-import-rules-'));
  try {
    await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
    for (const [file, source] of Object.values(planted).flatMap(Object.entries<string>)) {
      await mkdir(dirname(join(directory, file)), { recursive: true });
      await writeFile(join(directory, file), source);
    }
    const found = violationsOf(await cruiseResult(directory, folders));
    return Object.entries(planted).flatMap(([rule, files]) =>
      found.some((violation) => Object.keys(files).some((file) => violation.startsWith(`${rule}: ${file} `)))
        ? []
        : [`planted, but not found: ${rule}`],
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const unproven = (): readonly string[] => {
  const { forbidden } = ruleSet as { forbidden: readonly { name: string }[] };
  return forbidden
    .filter(({ name }) => planted[name] === undefined)
    .map(({ name }) => `no planted violation proves ${name}`);
};

const problems = [...unproven(), ...(await checkPlanted()), ...(await checkTree())];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
