import { expect, it } from 'vitest';
import { emptyLog } from '../../../shared/leads/log/nobody.ts';
import { laggingLeadItems } from '../../../shared/simulation/lagging-lead-items.ts';
import { memoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeadItems } from '../../../shared/simulation/memory-lead-items.ts';
import { aLead } from '../../support/scoring-timelines.ts';

it('is one write behind where a read may be, and nowhere else', async () => {
  let behind = true;
  const items = laggingLeadItems(memoryLeadItems(memoryTable()), () => behind);
  const write = async () =>
    items.putHead('l', await items.head('l'), { lead: aLead(), log: emptyLog, fresh: [], facts: [] });
  const versions = async () => [(await items.head('l', 'stale')).version, (await items.head('l')).version];

  expect(await versions()).toEqual([0, 0]);
  await write();
  expect(await versions()).toEqual([0, 1]);
  await write();
  expect(await versions()).toEqual([1, 2]);
  behind = false;
  expect(await versions()).toEqual([2, 2]);
});

it('does not take what was not written for a write', async () => {
  const items = laggingLeadItems(memoryLeadItems(memoryTable()), () => true);
  const next = { lead: aLead(), log: emptyLog, fresh: [], facts: [] };
  const nobody = await items.head('l');
  await items.putHead('l', nobody, next);
  await items.putHead('l', await items.head('l'), next);
  expect(await items.putHead('l', nobody, next)).toBe('conflict');
  expect((await items.head('l', 'stale')).version).toBe(1);
});
