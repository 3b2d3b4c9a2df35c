import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundle, findEntries } from '../../infra/bundle.ts';
import * as environmentSchemas from '../../shared/runtime/environment.ts';
import { atMost, type Criterion, median } from './criterion.ts';

const run = promisify(execFile);
const loads = 41;
const bare = 'bare-clients';

export type Bundle = Readonly<{
  criteria: readonly Criterion[];
  bytes: number;
  bareBytes: number;
  /** Medians of processor time, in a fresh process each. */
  loadMs: number;
  bareLoadMs: number;
}>;

/** The bundle that is deployed, against the clients it uses, bundled in the same way. They load in turns. */
export const measureBundle = async (): Promise<Bundle> => {
  const directory = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  try {
    const entries = (await findEntries()).filter(({ name }) => name === 'score-lead');
    const all = [...entries, { name: bare, source: fileURLToPath(import.meta.resolve('./bare-clients.ts')) }];
    const { bytesOf, folderOf } = await bundle(all, directory);
    const own: number[] = [];
    const compared: number[] = [];
    for (let i = 0; i < loads; i++) {
      own.push(await loadMs(join(folderOf('score-lead'), 'index.mjs')));
      compared.push(await loadMs(join(folderOf(bare), 'index.mjs')));
    }
    const [loaded, bareLoaded] = [median(own), median(compared)];
    return {
      criteria: [
        atMost('score-lead bundle', bytesOf('score-lead'), 260_000, ' bytes'),
        atMost('its load time, times the bare SDK clients', loaded / bareLoaded, 1.2, 'x'),
      ],
      bytes: bytesOf('score-lead'),
      bareBytes: bytesOf(bare),
      loadMs: loaded,
      bareLoadMs: bareLoaded,
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

/**
 * Processor time until the process is idle: loading makes Node read its certificates on a thread that is still at it when
 * the faster bundle is loaded, but not when the slower one is, which would so be charged for more of the same work.
 */
const script = `
const before = process.cpuUsage();
await import(process.argv[1]);
await new Promise((resolve) => setTimeout(resolve, 100));
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
process.exit();`;

/** Whatever a handler may read of its environment; it is loaded, never called. */
const environment: Readonly<Record<string, string>> = Object.fromEntries([
  ['AWS_REGION', 'eu-central-1'],
  ...Object.values(environmentSchemas)
    .flatMap((schema) => (typeof schema === 'object' ? Object.keys(schema.entries) : []))
    .map((name) => [name, 'bench']),
]);

const loadMs = async (file: string): Promise<number> => {
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module', '--eval', script, pathToFileURL(file).href],
    { env: { PATH: process.env.PATH, ...environment } },
  );
  return Number(stdout);
};
