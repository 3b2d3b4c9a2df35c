import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Source } from './open-sources.ts';

const stateSchema = v.object({ startedAt: v.string(), sent: v.number() });

/** How far an import of just this came. */
export type Checkpoint = Readonly<{
  /** When it was begun: rows are judged by that time again, so that their order is the same. */
  startedAt: Instant;
  /** So many events, in order, are in the queue already. */
  sent: number;
  save(sent: number): Promise<void>;
  /** It is done: the next import of the same begins anew. */
  remove(): Promise<void>;
}>;

/**
 * Finds where an import was stopped. It is known by all that decides what is sent, and in which order: the files' content,
 * their mapping, the mode, and the very tables that it goes to.
 */
export const openCheckpoint = async (
  directory: string,
  {
    sources,
    mode,
    identity,
    now,
  }: Readonly<{
    sources: readonly Source[];
    mode: string;
    identity: string;
    now: Instant;
  }>,
): Promise<Checkpoint> => {
  const file = join(directory, `${(await fingerprint(sources, [mode, identity])).slice(0, 32)}.json`);
  const { startedAt, sent } = (await read(file)) ?? { startedAt: now, sent: 0 };
  return {
    startedAt,
    sent,
    async save(next) {
      await mkdir(directory, { recursive: true });
      // Whole, or not at all.
      await writeFile(`${file}.new`, JSON.stringify({ startedAt, sent: next }));
      await rename(`${file}.new`, file);
    },
    remove: () => rm(file, { force: true }),
  };
};

const read = async (file: string) => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const state = v.safeParse(v.pipe(v.string(), v.parseJson(), stateSchema), text);
  // One that cannot be read only costs time: what is sent again changes nothing.
  return state.success ? state.output : undefined;
};

const fingerprint = async (sources: readonly Source[], rest: readonly string[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const { file, by } of sources) {
    hash.update(JSON.stringify(by));
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  }
  return hash.update(JSON.stringify(rest)).digest('hex');
};
