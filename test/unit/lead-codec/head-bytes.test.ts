import { expect, it } from 'vitest';
import { itemBytes } from '../../../infra/cli/costs/item-size.ts';
import { headBytes, headItem } from '../../../shared/adapters/lead-item-layout.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import type { HeadToPut } from '../../../shared/leads/log/lead-items.ts';
import { emptyLog } from '../../../shared/leads/log/nobody.ts';
import { aLead, aTimeline } from '../../support/scoring-timelines.ts';
import { day } from '../../support/scoring-world.ts';

const verdict = {
  id: 'c',
  engagementId: 'a'.repeat(16),
  verdict: 'void',
  sequence: 1,
  by: 'jo',
  reason: 'bot',
} as const;

it.each<[what: string, overrides: Partial<Lead>, more?: Partial<HeadToPut>]>([
  ['a new one', {}],
  ['a timeline', { count: 2 }, { fresh: aTimeline([0, 'page-viewed', 'spring'], [1, 'own-kind']) }],
  ['a story', { cutOff: day(1), handoff: { id: 'häändoff', open: true } }],
  ['verdicts', { verdicts: [verdict] }],
  ['a due time', {}, { dueAt: day(9) }],
  ['waiting', { wouldBeMql: { by: 'asked', causeId: 'e', since: day(0) } }],
])('the bytes of a head with %s are not more than was thought, nor many fewer', (_, overrides, more) => {
  const lead = aLead(overrides);
  const head = { lead, log: emptyLog, fresh: [], ...more };
  const loaded = { state: lead, version: 41, log: emptyLog };
  const item = headItem('l1', loaded, { ...head, facts: [] });
  const thought = headBytes('l1', loaded, head);
  expect(itemBytes(item)).toBeLessThanOrEqual(thought);
  expect(itemBytes(item)).toBeGreaterThan(thought - 25);
});
