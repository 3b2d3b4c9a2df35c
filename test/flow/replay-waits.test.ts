import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayCommand } from '../../infra/cli/commands/replay.ts';
import { aHelpdeskLog, type GeneratedWaits } from '../support/generated-waits.ts';
import { runReplayCommand as run } from '../support/replay-command.ts';

const figuresOf = async (command: Omit<ReplayCommand, 'json'>) =>
  JSON.parse((await run({ ...command, json: true })).stdout);
const rounded = (hours: number) => Math.round(hours * 10) / 10;

describe('the replay of answers that sales gave', () => {
  let log: GeneratedWaits;
  let input: string;
  beforeAll(async () => {
    log = await aHelpdeskLog(200);
    input = log.folder;
  });
  afterAll(() => log.remove());

  it('measures the waits that the records hold', async () => {
    const { waits, input: read } = await figuresOf({ input });
    const { hours } = log;
    expect(read).toMatchObject({
      mapping: 'helpdesk',
      events: log.offered,
      answers: hours.length,
      badRows: 0,
    });
    // 140 waits: the median lies half way between the 70th and the 71st, p75 a quarter from the 105th to the 106th.
    expect(hours).toHaveLength(140);
    expect(waits).toMatchObject({
      calendar: 'dach',
      offered: 180,
      answered: 140,
      medianHours: rounded((hours[69]! + hours[70]!) / 2),
      p75Hours: rounded(hours[104]! + (hours[105]! - hours[104]!) * 0.25),
    });
    expect(waits.within['24h']).toBeCloseTo(hours.filter((each) => each <= 24).length / 140, 4);
  });

  it('answers every handoff at its time, in the name of whoever holds it', async () => {
    const { waits, handoffs, funnel, deadlines, tiers, rejected, deadLetters } = await figuresOf({ input });
    expect({ rejected, deadLetters }).toEqual({ rejected: 0, deadLetters: 0 });
    expect(handoffs).toMatchObject({ opened: 180, accepted: 140, rejected: 0, unasked: 0 });
    expect(funnel.all).toMatchObject({ leads: 180, mqls: 180, sals: 140 });
    const { kept, missed, running } = waits.accept;
    expect({ kept, missed, running }).toMatchObject({
      kept: deadlines.accept.normal.kept,
      missed: deadlines.accept.normal.missed,
    });
    expect(kept + missed + running).toBe(180);
    expect(kept).toBeGreaterThan(0);
    expect(tiers.accept.breached).toBe(missed);
    expect(tiers.accept.reminded).toBeGreaterThanOrEqual(missed);
  });

  it('counts open hours in the calendar that is named', async () => {
    const [dach, uk] = [await figuresOf({ input }), await figuresOf({ input, calendar: 'uk' })];
    expect(uk.waits.calendar).toBe('uk');
    expect(uk.waits.medianHours).toBe(dach.waits.medianHours);
    expect(uk.waits.hours).not.toEqual(dach.waits.hours);
  });

  it('prints the same bytes again, and tells people of the waits', async () => {
    const first = await run({ input, json: true });
    expect(await run({ input, json: true })).toEqual({ ...first, exitCode: 0, stderr: '' });
    const { stdout } = await run({ input });
    expect(stdout).toContain('Waits for an answer of sales: 180 offered, 140 answered');
    expect(stdout).toContain('holds no first contacts and no qualifications');
  });

  it('leaves out rows that cannot be used, and says which', async () => {
    const spoiled = await aHelpdeskLog(10);
    await appendFile(
      join(spoiled.folder, 'log.csv'),
      [
        'Case90,Assign seriousness,complete,Value 1,soon',
        ',Assign seriousness,complete,Value 1,2024-03-05T09:00:00.000+02:00',
        'Case91,,complete,Value 1,2024-03-05T09:00:00.000+02:00',
        'Case92,Wait,complete,Value 1,whenever',
        'Case93,Take in charge ticket,complete',
        '',
      ].join('\n'),
    );
    const { stdout, stderr, exitCode } = await run({ input: spoiled.folder, json: true });
    await spoiled.remove();
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ input: { badRows: 4 }, waits: { offered: 9, answered: 7 } });
    const reasons = stderr.split('\n').map((line) => line.replace(/^log\.csv:\d+ was left out: /, ''));
    expect(reasons).toEqual([
      'time:timestamp is not a date or time.',
      'id is missing.',
      'concept:name is empty.',
      'has another number of columns than the header.',
    ]);
  });
});

it('reads a plain list of what was offered and answered, rejections too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-offers-'));
  const file = join(folder, 'offers.csv');
  await writeFile(
    file,
    [
      'id,email,offered_at,answered_at,answer,reason',
      'o-1,jo@acme.example,2024-03-04 09:00,2024-03-04 11:00,,',
      'o-2,mary@harbour.example,2024-03-04 09:00,2024-03-04 13:00,reject,no-need',
      'o-3,lee@north.example,2024-03-04 09:00,,,',
      'o-4,kim@south.example,2024-03-20 09:00,2024-03-20 09:00,reject,',
    ].join('\n'),
  );
  const { stdout, stderr } = await run({ input: file, json: true });
  await rm(folder, { recursive: true });
  expect(stderr).toBe('offers.csv:5 was left out: answer.reason is missing.');
  expect(JSON.parse(stdout)).toMatchObject({
    handoffs: { opened: 4, accepted: 1, rejected: 1 },
    waits: {
      offered: 4,
      answered: 2,
      medianHours: 3,
      p75Hours: 3.5,
      within: { '24h': 1, '8bh': 1 },
      accept: { kept: 2, missed: 1, running: 1 },
    },
  });
});

it('has no waits where a history holds no answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-no-waits-'));
  const file = join(folder, 'leads.csv');
  await writeFile(file, 'mql_id,first_contact_date,landing_page_id,origin\na,2024-03-04,p,x\n');
  const [{ waits }, { stdout }] = [await figuresOf({ input: file }), await run({ input: file })];
  await rm(folder, { recursive: true });
  expect(waits).toMatchObject({ offered: 0, answered: 0, medianHours: null });
  expect(stdout).not.toContain('Waits for an answer');
});

/** Real waits, if they are there; they are no part of this project. */
const helpdesk = process.env.BATON_DATA === undefined ? undefined : join(process.env.BATON_DATA, 'helpdesk');

if (helpdesk === undefined || !existsSync(helpdesk))
  it.skip('is checked against real waits only where BATON_DATA names a folder with helpdesk');
else
  it('finds how long 4207 real people waited', { timeout: 60_000 }, async () => {
    const { waits, handoffs, rejected, deadLetters } = await figuresOf({ input: helpdesk });
    expect(waits).toMatchObject({
      offered: 4495,
      answered: 4207,
      medianHours: 17,
      p75Hours: 121,
      within: { '24h': 0.5674 },
    });
    expect(handoffs).toMatchObject({ opened: 4495, accepted: 4207, unasked: 0 });
    expect({ rejected, deadLetters }).toEqual({ rejected: 0, deadLetters: 0 });
  });
