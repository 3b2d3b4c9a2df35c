import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runActivation } from '../../infra/cli/import/run-activation.ts';
import { engagementRef } from '../../shared/domain/engagement-ref.ts';
import { aFlowSystem, type FlowSystem, factCounts, handoffsOf, leadsOf } from '../support/flow-system.ts';
import { flowTarget, type ImportFolder, importFolder, importInto, noSleep } from '../support/import-world.ts';

const engagement = (id: string, kind: string, at: string, email: string, more: object = {}) => ({
  type: 'EngagementRecorded',
  detail: { id, kind, occurredAt: at, lead: { email }, source: { origin: 'fair' }, ...more },
});
const profile = (email: string, consent?: object) => ({
  type: 'ProfileChanged',
  detail: {
    id: `p-${email}`,
    lead: { email },
    occurredAt: '2026-10-01T08:00:00.000Z',
    traits: { employees: 120, industry: 'software', role: 'director', country: 'GB', language: 'en' },
    ...(consent === undefined ? {} : { consent }),
  },
});
const [keen, asker, idle, customer] = ['keen', 'asker', 'idle', 'customer'].map(
  (name) => `${name}@harbour.example`,
) as [string, string, string, string];

const history = [
  profile(keen, { basis: 'double-opt-in', at: '2026-10-01T08:00:00.000Z', proof: 'fair' }),
  engagement('k1', 'content-downloaded', '2026-11-01T08:00:00.000Z', keen, { properties: { asset: 'a' } }),
  engagement('k2', 'newsletter-subscribed', '2026-11-01T09:00:00.000Z', keen),
  engagement('k3', 'webinar-attended', '2026-11-01T10:00:00.000Z', keen, { properties: { asset: 'b' } }),
  profile(asker),
  engagement('a1', 'demo-requested', '2026-09-01T08:00:00.000Z', asker),
  engagement('i1', 'page-viewed', '2026-10-30T08:00:00.000Z', idle),
  engagement('c1', 'demo-requested', '2026-08-01T08:00:00.000Z', customer),
  {
    type: 'DealChanged',
    detail: { id: 'd1', lead: { email: customer }, outcome: 'won', at: '2026-09-15T08:00:00.000Z' },
  },
  {
    type: 'AccountChanged',
    detail: { id: 'x1', domain: 'harbour.example', status: 'prospect', at: '2026-09-01T08:00:00.000Z' },
  },
];

describe('an import of history', () => {
  let folder: ImportFolder;
  let file: string;
  let system: FlowSystem;
  beforeAll(async () => {
    folder = await importFolder();
    file = await folder.write(
      'history.jsonl',
      [...history, 'no event'].map((line) => JSON.stringify(line)).join('\n'),
    );
  });
  afterAll(() => folder.remove());
  beforeEach(() => {
    system = aFlowSystem();
  });
  const mails = () => system.ports.mailer.attempts.length;
  const stages = () =>
    leadsOf(system)
      .map(({ stage }) => stage)
      .sort();

  it('scores and keeps all, hands off nobody and mails nobody, also later', async () => {
    const report = await importInto(flowTarget(system), folder.optionsFor(file));
    expect(report).toMatchObject({
      rows: 11,
      rejected: 1,
      badRows: [{ file: 'history.jsonl', line: 11, reason: 'is no JSON object' }],
      tally: { leads: 4, engagements: 6, profiles: 2, companies: 1, deals: 1, leadsByOrigin: { fair: 4 } },
      waiting: { count: 2, asked: 1, byOrigin: { fair: 2 } },
      unfinished: 0,
      failed: 0,
    });
    expect(stages()).toEqual(['customer', 'inquiry', 'inquiry', 'inquiry']);
    await system.playUntil('2026-11-12T08:00:00.000Z');
    expect(handoffsOf(system)).toEqual([]);
    expect(mails()).toBe(0);
    expect(factCounts(system)).toEqual({ ConsentStated: 1 });
    expect(system.deadLetters).toEqual([]);
    const waitingFile = await readFile(`${file}.would-be-mqls.csv`, 'utf8');
    const [, ...rows] = waitingFile.trimEnd().split('\n');
    expect(rows.map((row) => row.slice(row.indexOf(',') + 1)).sort()).toEqual(
      [
        'asked,a1,2026-09-01T08:00:00.000Z,fair,50',
        `interest,${engagementRef('k3')},2026-11-01T10:00:00.000Z,fair,66`,
      ].sort(),
    );
    expect(await readFile(`${file}.rejected.csv`, 'utf8')).toBe(
      'file,line,reason,row\nhistory.jsonl,11,is no JSON object,"""no event"""\n',
    );
  });

  it('changes nothing when it is done again', async () => {
    await importInto(flowTarget(system), folder.optionsFor(file));
    const before = [...system.tables.leads.items.values()];
    await importInto(flowTarget(system), folder.optionsFor(file));
    expect([...system.tables.leads.items.values()]).toEqual(before);
  });

  it('is let go on by activate: who waits becomes an MQL with a handoff, once', async () => {
    const target = flowTarget(system);
    await importInto(target, folder.optionsFor(file));
    const activate = (dryRun: boolean) =>
      runActivation({ rate: 10, by: 'anna', dryRun }, { ...target, sleep: noSleep });

    expect(await activate(true)).toMatchObject({
      released: 0,
      chosen: [{ by: 'asked' }, { by: 'interest' }],
    });
    expect(handoffsOf(system)).toEqual([]);

    expect(await activate(false)).toMatchObject({ released: 2, noLonger: 0, pending: 0 });
    await system.drain();
    expect(stages()).toEqual(['customer', 'inquiry', 'mql', 'mql']);
    expect(handoffsOf(system).map(({ status, priority }) => ({ status, priority }))).toEqual([
      { status: 'open', priority: 'normal' },
      { status: 'open', priority: 'normal' },
    ]);
    expect(factCounts(system)).toMatchObject({ LeadStageChanged: 2, HandoffOpened: 2 });

    expect(await activate(false)).toMatchObject({ chosen: [] });
    await target.commands.send(
      [...system.tables.leads.items.values()].flatMap(({ kind, id }) =>
        kind === 'lead' ? [{ type: 'ActivateLead', detail: { leadId: id, by: 'anna' } }] : [],
      ),
    );
    await system.playUntil('2026-11-02T08:30:00.000Z');
    expect(factCounts(system)).toMatchObject({ LeadStageChanged: 2, HandoffOpened: 2 });
    expect(mails()).toBeGreaterThan(0);
  });

  it('is not believed from the bus', async () => {
    system.put({ type: 'HistoryImported', detail: { events: [history[1]] } });
    await system.drain();
    expect(leadsOf(system)).toEqual([]);
  });

  it('as live is heard like any producer', async () => {
    await importInto(flowTarget(system), folder.optionsFor(file, 'live'));
    await system.playUntil('2026-11-02T08:30:00.000Z');
    expect(stages()).toEqual(['customer', 'inquiry', 'mql', 'mql']);
    expect(handoffsOf(system).length).toBeGreaterThanOrEqual(2);
  });
});
