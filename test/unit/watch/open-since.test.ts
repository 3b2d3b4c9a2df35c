import { describe, expect, it } from 'vitest';
import { makeRescueAnswer } from '../../../functions/reconcile/rescue-answers.ts';
import { handoffTimes } from '../../../shared/commit-handoff.ts';
import type { HandoffStates } from '../../../shared/domain/handoff.ts';
import { nobody } from '../../../shared/leads/log/nobody.ts';
import {
  memoryAggregates,
  memoryOpenIndex,
  memoryTable,
} from '../../../shared/simulation/memory-aggregates.ts';
import { memoryBus } from '../../../shared/simulation/memory-bus.ts';
import { onePolicy } from '../../../shared/simulation/one-policy.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';
import { aHandoff, aLeadView, aRoster, monday } from '../../support/sales.ts';
import { rejected } from '../../support/sales-facts.ts';

const mqlAt = '2026-11-20T10:00:00.000Z';

describe('a handoff', () => {
  it.each([
    ['open: since its lead became an MQL', aHandoff(), mqlAt],
    ['open, and nothing is due any more', aHandoff({ plan: {}, assignedAt: monday }), mqlAt],
    ['accepted: somebody has answered', aHandoff({ status: 'accepted' }), undefined],
    ['closed', aHandoff({ status: 'closed' }), undefined],
  ])('%s', (_, handoff, since) => {
    expect(handoffTimes(handoff).openSince).toBe(since);
  });

  it('that somebody gave to a colleague stays open when its answer is confirmed', async () => {
    const table = memoryTable();
    const handoffs = memoryAggregates<HandoffStates>(table);
    const handoff = aHandoff({ unconfirmed: JSON.stringify(rejected({ reason: 'misrouted' })) });
    await handoffs.commit([
      { kind: 'handoff', id: 'h-1', version: 0, state: handoff, facts: [], ...handoffTimes(handoff) },
    ]);
    const rescue = makeRescueAnswer({
      handoffs,
      leads: { view: async () => aLeadView() },
      leadStore: { load: async () => nobody },
      bus: memoryBus(),
      policy: onePolicy(publishedDefaultPolicy()),
      clock: { now: () => monday },
    });
    const { answer } = await rescue({ kind: 'handoff', id: 'h-1', dueAt: monday }, aRoster());
    expect(answer).toBe('confirmed');
    expect(await memoryOpenIndex(table).oldest()).toBe(mqlAt);
  });
});
