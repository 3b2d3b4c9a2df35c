import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInput } from '../../infra/cli/import/read-input.ts';
import { UsageError } from '../../infra/cli/usage-error.ts';

const now = '2026-11-30T08:00:00.000Z';
const header = 'mql_id,first_contact_date,landing_page_id,origin';
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-import-'));
});
afterAll(() => rm(directory, { recursive: true }));

const folderOf = async (files: Readonly<Record<string, string | Buffer>>): Promise<string> => {
  const folder = await mkdtemp(join(directory, 'input-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
};

describe('readInput', () => {
  it('reports bad rows by line, with the reason, and goes on', async () => {
    const lines = [
      header,
      'a,2018-01-01,p,social',
      'b,soon,p,social',
      'c,2018-01-02,p',
      ',2018-01-02,p,x',
      'd,2018-01-03,p,',
    ];
    const folder = await folderOf({ 'leads.csv': lines.join('\n') });
    const { engagements, badRows } = await readInput(folder, { now });
    expect(engagements.map(({ detail }) => detail.id)).toEqual(['olist-contact-a', 'olist-contact-d']);
    expect(badRows).toEqual([
      { file: 'leads.csv', line: 3, reason: 'first_contact_date is not a date or time' },
      { file: 'leads.csv', line: 4, reason: 'has another number of columns than the header' },
      { file: 'leads.csv', line: 5, reason: 'id is missing' },
    ]);
  });

  it('shifts all times so that the last row is now', async () => {
    const folder = await folderOf({
      'a-deals.csv': 'mql_id,won_date\na,2018-01-09T00:00',
      'leads.csv': `${header}\na,2018-01-08,p,x`,
    });
    const { engagements, others } = await readInput(folder, { now });
    expect(others.map(({ detail }) => detail.at)).toEqual([now]);
    expect(engagements.map(({ detail }) => detail.occurredAt)).toEqual(['2026-11-29T08:00:00.000Z']);
  });

  it('takes the first leads only, and what the other file says of them', async () => {
    const folder = await folderOf({
      'leads.csv': `${header}\na,2018-01-01,p,x\nb,2018-01-02,p,x`,
      'deals.csv': 'mql_id,won_date\nb,2018-01-09T00:00\na,2018-01-09T00:00',
    });
    const { engagements, others } = await readInput(folder, { now, limit: 1 });
    expect(engagements).toHaveLength(1);
    expect(others.map(({ detail }) => detail.id)).toEqual(['olist-deal-a']);
  });

  it('takes no recorded answers: they are for replays only', async () => {
    const folder = await folderOf({
      'offers.csv': 'id,email,offered_at,answered_at\no,jo@acme.example,2026-11-02 09:00,2026-11-02 10:00',
    });
    const { engagements, others, badRows } = await readInput(folder, { now });
    expect(engagements.map(({ detail }) => detail.id)).toEqual(['o']);
    expect({ others, badRows }).toEqual({ others: [], badRows: [] });
  });

  it('shifts events that stand there as they are put on the bus', async () => {
    const event = {
      type: 'EngagementRecorded',
      detail: { id: 'e', kind: 'page-viewed', occurredAt: '2024-01-01T00:00:00Z', lead: { userId: 'u' } },
    };
    const folder = await folderOf({ 'events.jsonl': JSON.stringify(event) });
    const { engagements } = await readInput(folder, { now });
    expect(engagements.map(({ detail }) => detail.occurredAt)).toEqual([now]);
  });

  it.each<[string, string | Buffer]>([
    ['a BOM', `\uFEFF${header}\na,2018-01-01,p,Köln`],
    [
      'semicolons, as Excel writes them',
      `sep=;\r\n${header.replaceAll(',', ';')}\r\na;2018-01-01;p;Köln\r\n`,
    ],
    ['windows-1252', Buffer.from(`${header}\na,2018-01-01,p,Köln`, 'latin1')],
  ])('reads %s', async (_, content) => {
    const folder = await folderOf({ 'leads.csv': content });
    const { engagements, badRows } = await readInput(folder, { now });
    expect(badRows).toEqual([]);
    expect(engagements[0]?.detail.source).toEqual({ origin: 'Köln', landingPage: 'p' });
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['a path that is not there', async () => join(directory, 'nowhere'), /There is no file or folder/],
    ['a folder without data', () => folderOf({ 'readme.md': '' }), /There is no CSV or JSONL file/],
    [
      'columns that nobody knows',
      () => folderOf({ 'leads.csv': 'a,b\n1,2' }),
      /No mapping knows the columns/,
    ],
  ])('refuses %s in one sentence', async (_, path, message) => {
    const reading = readInput(await path(), { now });
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(message);
  });
});
