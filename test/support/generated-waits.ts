import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../infra/cli/seeded-random.ts';

export type GeneratedWaits = Readonly<{
  folder: string;
  offered: number;
  /** Hours by the wall clock of those answered, the shortest first. */
  hours: readonly number[];
  remove(): Promise<void>;
}>;

const header = 'case:concept:name,concept:name,lifecycle:transition,org:resource,time:timestamp';
const minute = 60_000;
const start = Date.UTC(2024, 2, 4, 7);

/**
 * A log as a help desk writes it. Of ten cases one is never assigned, one is taken only before it is assigned, one never;
 * one is assigned twice, and one is assigned and taken in the same second. Rows of a case are in no order.
 */
export const aHelpdeskLog = async (cases: number, seed = 11): Promise<GeneratedWaits> => {
  const random = seededRandom(seed);
  const rows: string[] = [];
  const hours: number[] = [];
  let offered = 0;
  for (let i = 0; i < cases; i++) {
    const add = (activity: string, at: number) => {
      // With an offset, as those logs have it.
      const local = new Date(at + 120 * minute).toISOString().slice(0, 19);
      rows.push(`Case${i},${activity},complete,Value ${i % 7},${local}.000+02:00`);
    };
    const assigned = start + Math.floor(random() * 60 * 24 * 60) * minute;
    const kind = i % 10;
    const taken = assigned + (kind === 4 ? 0 : Math.floor(random() ** 2 * 5 * 24 * 60) * minute);
    for (const [activity, at] of rowsOf(kind, assigned, taken)) add(activity, at);
    if (kind === 0) continue;
    offered++;
    if (kind !== 1 && kind !== 2) hours.push((taken - assigned) / 3_600_000);
  }
  const folder = await mkdtemp(join(tmpdir(), 'baton-waits-'));
  await writeFile(join(folder, 'log.csv'), [header, ...rows, ''].join('\n'));
  return {
    folder,
    offered,
    hours: hours.sort((a, b) => a - b),
    remove: () => rm(folder, { recursive: true }),
  };
};

const rowsOf = (kind: number, assigned: number, taken: number): readonly (readonly [string, number])[] => {
  const [assign, take] = ['Assign seriousness', 'Take in charge ticket'];
  const usual = [
    [take, taken],
    [assign, assigned],
  ] as const;
  const rows = new Map<number, readonly (readonly [string, number])[]>([
    [0, [[take, taken]]],
    [
      1,
      [
        [take, assigned - minute],
        [assign, assigned],
      ],
    ],
    [2, [[assign, assigned]]],
    [3, [[assign, taken + minute], ...usual]],
    [5, [[take, assigned - 30 * minute], ...usual]],
    [6, [...usual, [take, taken + 30 * minute]]],
  ]);
  return [['Closed', taken + 9000 * minute], ...(rows.get(kind) ?? usual)];
};
