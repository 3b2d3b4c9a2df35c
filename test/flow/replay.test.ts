import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayCommand } from '../../infra/cli/commands/replay.ts';
import { shippedPolicy } from '../../infra/cli/replay/replay-policy.ts';
import { UsageError } from '../../infra/cli/usage-error.ts';
import { aGeneratedHistory, type GeneratedHistory } from '../support/generated-history.ts';
import { runReplayCommand as run } from '../support/replay-command.ts';

const figuresOf = async (command: Omit<ReplayCommand, 'json'>) =>
  JSON.parse((await run({ ...command, json: true })).stdout);

describe('the replay of a history', () => {
  let history: GeneratedHistory;
  let input: string;
  beforeAll(async () => {
    history = await aGeneratedHistory(120);
    input = history.folder;
  });
  afterAll(() => history.remove());

  it('prints the same bytes whenever it is played, one JSON object or tables', async () => {
    const [first, again] = [await run({ input, json: true }), await run({ input, json: true })];
    expect(again).toEqual({ ...first, exitCode: 0, stderr: '' });
    expect(first.stdout.match(/\n/g)).toHaveLength(1);
    const report = await run({ input });
    expect(await run({ input })).toEqual(report);
    expect(report.stdout).toContain('Funnel by origin');
  });

  it('counts every lead and every customer, by origin and altogether', async () => {
    const { funnel, months, deadLetters, rejected } = await figuresOf({ input });
    expect(funnel).toMatchObject(history.expected);
    expect(Object.keys(funnel)).toHaveLength(Object.keys(history.expected).length + 1);
    // The one that was won before its first contact never became an MQL.
    expect(funnel.all).toEqual({ leads: 120, mqls: 119, sals: 0, sqls: 0, customers: 12 });
    expect(Object.keys(months)).toEqual(['2024-02', '2024-03', '2024-04', '2024-05']);
    expect({ deadLetters, rejected }).toEqual({ deadLetters: 0, rejected: 0 });
  });

  it('plays handoffs, deadlines and mails as they would have been', async () => {
    const { handoffs, deadlines, escalations, mails, load } = await figuresOf({ input });
    expect(handoffs).toMatchObject({ opened: 119, withdrawn: 11 });
    const { missed, ended, running, kept } = deadlines.accept.normal;
    expect(missed + ended + running).toBe(119);
    expect(kept).toBe(0);
    expect(escalations.breached).toBe(missed + deadlines.firstContact.normal.missed);
    expect(mails.campaigns).toEqual([
      {
        campaign: 'answer-request',
        step: 'request-received',
        stream: 'service',
        sent: 0,
        skipped: { 'no-address': 120 },
      },
    ]);
    expect(mails.internal['handoff-reminder']).toBe(escalations.reminded);
    const offered = load.reduce(
      (sum: number, { offered: { total } }: { offered: { total: number } }) => sum + total,
      0,
    );
    expect(offered).toBe(handoffs.opened + escalations.reassigned);
  });

  describe('against another policy', () => {
    let against: string;
    beforeAll(async () => {
      // An inquiry no longer means "talk to me": nobody becomes an MQL of it.
      const policy = await readFile(shippedPolicy, 'utf8');
      against = join(input, 'policy.yaml');
      await writeFile(
        against,
        policy.replace(/(kind: detailed-inquiry,[^}]*)intent: true/, '$1intent: false'),
      );
    });

    it('says who would change stage, and what becomes of sales', async () => {
      const figures = await figuresOf({ input, against });
      expect(figures.changed.final).toMatchObject({
        leads: 108,
        moves: [{ from: 'mql', to: 'inquiry', leads: 108 }],
      });
      expect(figures.changed.final.first).toHaveLength(20);
      expect(figures.changed.final.first).toContainEqual(expect.stringMatching(/^olist-lead-\d+$/));
      expect(figures.mqlsPerWeek.total).toBe(119);
      expect(figures.against.mqlsPerWeek).toEqual({ total: 0, mean: 0, peak: 0, peakWeek: null });
      expect(figures.against.load).toEqual([]);
      expect((await run({ input, against })).stdout).toContain('Leads that would stand elsewhere at the end');
    });

    it('finds no difference to itself', async () => {
      const { changed, against: same, ...own } = await figuresOf({ input, against: shippedPolicy });
      expect(changed.final).toEqual({ leads: 0, moves: [], first: [] });
      expect(own).toMatchObject(same);
    });
  });

  it.each<[string, Partial<ReplayCommand>, RegExp]>([
    ['no input', { input: '/nowhere' }, /^There is no file or folder \/nowhere: name one that is there\.$/],
    ['no policy', { policy: '/nowhere.yaml' }, /^There is no policy \/nowhere\.yaml: name a file/],
    ['no roster', { roster: '/nowhere.yaml' }, /^There is no roster \/nowhere\.yaml: name a file/],
    ['no calendar', { calendar: 'mars' }, /^The policy has no calendar mars: name one of dach, uk\.$/],
    ['no mapping', { input: shippedPolicy }, /^No mapping knows the columns of/],
  ])('says in one sentence that there is %s', async (_, options, sentence) => {
    const failed = run({ input, ...options });
    await expect(failed).rejects.toThrow(UsageError);
    await expect(failed).rejects.toThrow(sentence);
  });

  it('leaves out rows that cannot be used, and says which', async () => {
    const spoiled = await aGeneratedHistory(10);
    await writeFile(
      join(spoiled.folder, 'more.csv'),
      'mql_id,first_contact_date,landing_page_id,origin\nlead-x,soon,page-1,email\n',
    );
    const { stdout, stderr, exitCode } = await run({ input: spoiled.folder, json: true });
    await spoiled.remove();
    expect(JSON.parse(stdout)).toMatchObject({ input: { badRows: 1 }, funnel: { all: { leads: 10 } } });
    expect(stderr).toBe('more.csv:2 was left out: first_contact_date is not a date or time.');
    expect(exitCode).toBe(0);
  });
});

/** Real leads, if they are there; they are no part of this project. */
const olist = process.env.BATON_DATA === undefined ? undefined : join(process.env.BATON_DATA, 'olist');

if (olist === undefined || !existsSync(olist))
  it.skip('is checked against real leads only where BATON_DATA names a folder with olist');
else
  it('finds what became of 8000 real leads', async () => {
    const { funnel, rejected, deadLetters } = await figuresOf({ input: olist });
    expect({ rejected, deadLetters }).toEqual({ rejected: 0, deadLetters: 0 });
    expect(funnel).toMatchObject({
      all: { leads: 8000, customers: 842 },
      organic_search: { leads: 2296, customers: 271 },
      paid_search: { leads: 1586, customers: 195 },
      social: { leads: 1350, customers: 75 },
      unknown: { leads: 1099, customers: 179 },
      email: { leads: 493, customers: 15 },
      referral: { leads: 284, customers: 24 },
      '(none)': { leads: 60 },
    });
  });
