import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '../../infra/cli/import/run-import.ts';
import { sorted } from '../../infra/cli/import/sort-rows.ts';
import type { ImportTarget } from '../../infra/cli/import/target.ts';
import { UsageError } from '../../infra/cli/usage-error.ts';
import type { HistoryImported } from '../../shared/events/commands.ts';
import { collect, streamOf } from '../support/collect.ts';
import { Crash, crashing } from '../support/crashes.ts';
import { type ImportFolder, importFolder, importInto, noSleep } from '../support/import-world.ts';

let folder: ImportFolder;
beforeAll(async () => {
  folder = await importFolder();
});
afterAll(() => folder.remove());

/** Keeps what it is sent. */
const keeper = (identity = 'kept') => {
  const sent: string[] = [];
  const onBus: string[] = [];
  const target: ImportTarget = {
    identity,
    history: {
      async send(messages) {
        // Only the import sends here.
        for (const { detail } of messages)
          for (const { detail: event } of (detail as HistoryImported).events) sent.push(event.id);
      },
    },
    bus: async (events) => void onBus.push(...events.map(({ detail }) => String(detail.id))),
    backlog: async () => 0,
    deadLetters: async () => 0,
    waiting: () => streamOf([]),
  };
  return { sent, onBus, target };
};

const rowsOf = (count: number) =>
  Array.from(
    { length: count },
    // Newest first, leads in turn: as exports often are.
    (_, i) =>
      `e${i},page-viewed,${new Date(Date.UTC(2026, 9, 30) - i * 60_000).toISOString()},lead-${i % 7}@acme.example`,
  );
const csvOf = (rows: readonly string[]) => ['id,kind,occurred_at,email', ...rows].join('\n');

describe('importing a file', () => {
  it('sends lead by lead, each in the order of time, however little fits into memory', async () => {
    const file = await folder.write('events.csv', csvOf(rowsOf(100)));
    const [whole, cut] = [keeper(), keeper()];
    await importInto(whole.target, folder.optionsFor(file));
    await importInto(cut.target, { ...folder.optionsFor(file), perRun: 9 });
    expect(cut.sent).toEqual(whole.sent);
    expect(whole.sent.slice(0, 3)).toEqual(['e98', 'e91', 'e84']);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('baton-sort-'))).toEqual([]);
  });

  it('puts bad rows into a file, with line and reason, and goes on', async () => {
    const file = await folder.write(
      'bad.csv',
      csvOf(['a,page-viewed,2026-01-01,jo@acme.example', 'b,page-viewed,soon,jo@acme.example', 'c,"d', 'x']),
    );
    const { sent, target } = keeper();
    const report = await importInto(target, folder.optionsFor(file));
    expect(sent).toEqual(['a']);
    expect(report).toMatchObject({ rows: 3, rejected: 2 });
    const rejected = await readFile(`${file}.rejected.csv`, 'utf8');
    expect(rejected).toContain(
      'bad.csv,3,occurred_at is not a date or time,"b,page-viewed,soon,jo@acme.example"\n',
    );
    expect(rejected).toContain('opens a quote that never closes');
  });

  it('leaves no file of bad rows where there are none, not even an old one', async () => {
    const file = await folder.write('good.csv', csvOf(rowsOf(3)));
    await folder.write('good.csv.rejected.csv', 'old');
    const report = await importInto(keeper().target, folder.optionsFor(file));
    expect(report.rejectFile).toBeUndefined();
    await expect(readFile(`${file}.rejected.csv`)).rejects.toThrow('ENOENT');
  });

  it('reads JSONL by a mapping, also with separators that only Unicode knows', async () => {
    const lines = [
      { id: 'a', kind: 'page-viewed', occurred_at: '2026-01-01', email: 'jo@acme.example' },
      {
        id: 'b',
        kind: 'page-viewed',
        occurred_at: '2026-01-02',
        email: 'jo@acme.example',
        asset: 'x\u2028y',
      },
    ];
    const file = await folder.write('events.ndjson', lines.map((line) => JSON.stringify(line)).join('\r\n'));
    const { sent, target } = keeper();
    expect(await importInto(target, folder.optionsFor(file))).toMatchObject({
      rejected: 0,
      mappings: ['plain'],
    });
    expect(sent).toEqual(['a', 'b']);
  });

  it('counts rows that repeat an id', async () => {
    const [row = ''] = rowsOf(1);
    const file = await folder.write('twice.csv', csvOf([row, row]));
    const { tally } = await importInto(keeper().target, folder.optionsFor(file));
    expect(tally).toMatchObject({ leads: 1, engagements: 1, repeated: 1, leadsByOrigin: { '(none)': 1 } });
  });

  it('puts events of an import as live on the bus', async () => {
    const file = await folder.write('live.csv', csvOf(rowsOf(12)));
    const { sent, onBus, target } = keeper();
    await importInto(target, folder.optionsFor(file, 'live'));
    expect(sent).toEqual([]);
    expect(onBus).toHaveLength(12);
  });

  it.each<[string, string | undefined, string, RegExp]>([
    ['columns that nobody knows', undefined, 'a,b\n1,2', /No mapping knows the columns/],
    ['columns that the mapping does not know', 'plain', 'a,b\n1,2', /needs id, kind, occurred_at, email/],
    ['a mapping that is none', 'wrong.yaml', 'a,b\n1,2', /wrong.yaml is no mapping: sheets is undefined/],
  ])('refuses %s in one sentence', async (_, mapping, text, message) => {
    await folder.write('wrong.yaml', 'name: x\nzone: UTC');
    const file = await folder.write('unknown.csv', text);
    const options = {
      ...folder.optionsFor(file),
      ...(mapping === undefined
        ? {}
        : { mapping: mapping.endsWith('.yaml') ? folder.path(mapping) : mapping }),
    };
    const importing = importInto(keeper().target, options);
    await expect(importing).rejects.toThrow(UsageError);
    await expect(importing).rejects.toThrow(message);
  });
});

describe('an import that was stopped', () => {
  /** It stops after some calls, with a note of how far it came. */
  const stopped = async (file: string, kept: ReturnType<typeof keeper>) => {
    const { wrap } = crashing({ call: 5, when: 'after' });
    const target = { ...kept.target, history: wrap(kept.target.history) };
    await expect(importInto(target, folder.optionsFor(file))).rejects.toThrow(Crash);
  };

  it('goes on where it was, and misses nothing', async () => {
    const file = await folder.write('long.csv', csvOf(rowsOf(9000)));
    const kept = keeper('one');
    await stopped(file, kept);
    const before = kept.sent.length;
    const report = await importInto(kept.target, folder.optionsFor(file), '2027-01-01T00:00:00.000Z');
    expect(report.resumedAfter).toBeGreaterThan(0);
    expect(report.tally.engagements).toBe(9000);
    expect(new Set(kept.sent).size).toBe(9000);
    expect(kept.sent.length).toBeLessThan(9000 + before);
    expect((await importInto(keeper('one').target, folder.optionsFor(file))).resumedAfter).toBe(0);
  });

  it.each(['another environment', 'changed content'])('begins anew for %s', async (what) => {
    const name = `anew-${what.replace(' ', '-')}.csv`;
    // Each has its own content: by that an import is known.
    const rows = [...rowsOf(9000), `${what.replace(' ', '-')},page-viewed,2026-01-01,jo@acme.example`];
    const file = await folder.write(name, csvOf(rows));
    await stopped(file, keeper('one'));
    if (what === 'changed content') await folder.write(name, csvOf(rows.slice(1)));
    const report = await importInto(
      keeper(what === 'changed content' ? 'one' : 'two').target,
      folder.optionsFor(file),
    );
    expect(report.resumedAfter).toBe(0);
  });

  it('judges rows by the time when it was begun, so that none is passed over', async () => {
    const future = 'late,page-viewed,2026-11-03T00:00:00.000Z,lead-0@acme.example';
    const file = await folder.write('future.csv', csvOf([...rowsOf(9000), future]));
    const kept = keeper('one');
    await stopped(file, kept);
    const report = await runImport(folder.optionsFor(file), {
      target: kept.target,
      now: '2026-12-01T00:00:00.000Z',
      sleep: noSleep,
    });
    expect(report.rejected).toBe(1);
    expect(new Set(kept.sent).size).toBe(9000);
  });
});

describe('sorting', () => {
  const row = fc.record({ subject: fc.constantFrom('a', 'b', 'c'), at: fc.constantFrom('1', '2', '3') });
  test.prop([fc.array(row, { maxLength: 60 }), fc.integer({ min: 1, max: 20 })], { numRuns: 60 })(
    'is the same however much fits into memory',
    async (rows, perRun) => {
      const placed = rows.map((each, place) => ({ ...each, place }));
      const key = ({ subject, at, place }: (typeof placed)[number]) =>
        `${subject}${at}${String(place).padStart(3, '0')}`;
      const expected = [...placed].sort((a, b) => (key(a) < key(b) ? -1 : 1));
      expect(await collect(sorted(streamOf(placed), { perRun }))).toEqual(expected);
    },
  );
});
