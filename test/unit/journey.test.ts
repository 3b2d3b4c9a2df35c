import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { makeRecordJourney } from '../../functions/record-journey/record-journey.ts';
import type { JourneyStates } from '../../shared/domain/journey.ts';
import { stages } from '../../shared/domain/stage.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import { memoryAggregates, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import {
  accepted,
  breached,
  escalated,
  givenUntil,
  opened,
  paused,
  pulledBack,
  reassigned,
  rejected,
  reminded,
} from '../support/sales-facts.ts';

const moved = (
  to: (typeof stages)[number],
  at: string,
  skipped?: (typeof stages)[number][],
): StampedFact => ({
  type: 'LeadStageChanged',
  factId: `f-${to}-${at}`,
  leadId: 'l-1',
  at,
  from: 'inquiry',
  to,
  cause: { type: 'engagement', id: 'e-1' },
  actor: 'baton',
  reason: 'threshold',
  policy: 'p',
  score: 60,
  hot: false,
  ...(skipped === undefined ? {} : { skipped }),
});

const journeyWorld = () => {
  const table = memoryTable();
  const journeys = memoryAggregates<JourneyStates>(table);
  return { table, journeys, record: makeRecordJourney({ journeys }) };
};

const recorded = async (facts: readonly StampedFact[]) => {
  const { record, journeys } = journeyWorld();
  for (const fact of facts) await record(fact);
  return [
    (await journeys.load('lead-journey', 'l-1')).state,
    (await journeys.load('handoff-journey', 'h-1')).state,
  ];
};

const instant = fc.integer({ min: 1, max: 9 }).map((day) => instantOf(Date.UTC(2026, 10, day)));
const lead = fc
  .tuple(fc.constantFrom(...stages), instant, fc.option(fc.subarray([...stages]), { nil: undefined }))
  .map(([to, at, skipped]) => moved(to, at, skipped));
const deadline = fc.constantFrom('accept', 'firstContact', 'qualify' as const);
const tiers = fc
  .tuple(deadline, instant)
  .chain(([name, at]) =>
    fc.constantFrom<StampedFact>(
      reminded({ deadline: name, at }),
      breached({ deadline: name, at }),
      escalated({ deadline: name, at }),
      reassigned({ at }),
      givenUntil({ at }),
      paused({ at }),
    ),
  );
const single = fc.constantFrom<StampedFact>(opened(), accepted(), rejected(), pulledBack());
const facts = fc.array(fc.oneof(lead, tiers, single), { maxLength: 12 });

describe('journeys', () => {
  test.prop([
    facts.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 })),
    ),
  ])('are the same in whatever order, and however often, facts come', async ([told, again]) => {
    expect(await recorded(again)).toEqual(await recorded(told));
  });

  it('keep the earliest instant of each stage', async () => {
    const [journey] = await recorded([
      moved('mql', '2026-11-05T00:00:00.000Z'),
      moved('mql', '2026-11-03T00:00:00.000Z'),
      moved('customer', '2026-11-09T00:00:00.000Z', ['sql', 'sal']),
    ]);
    expect(journey).toEqual({
      mqlAt: '2026-11-03T00:00:00.000Z',
      customerAt: '2026-11-09T00:00:00.000Z',
      skipped: ['sal', 'sql'],
    });
  });

  it('tell the deadlines of a handoff apart', async () => {
    const [, journey] = await recorded([
      opened(),
      breached({ at: '2026-11-05T00:00:00.000Z' }),
      breached({ at: '2026-11-06T00:00:00.000Z', deadline: 'qualify' }),
      rejected({ at: '2026-11-07T00:00:00.000Z' }),
    ]);
    expect(journey).toMatchObject({
      leadId: 'l-1',
      route: 'dach',
      breachedAt: { accept: '2026-11-05T00:00:00.000Z', qualify: '2026-11-06T00:00:00.000Z' },
      rejectedAt: '2026-11-07T00:00:00.000Z',
      rejectedFor: 'no-need',
    });
  });

  it('keep when the time of a handoff was first made longer, by its manager and by its rep', async () => {
    const [early, late] = ['2026-11-05T00:00:00.000Z', '2026-11-06T00:00:00.000Z'];
    const [, journey] = await recorded([
      givenUntil({ at: late }),
      givenUntil({ at: early }),
      paused({ at: late }),
      paused({ at: early }),
    ]);
    expect(journey).toMatchObject({ givenUntilAt: early, pausedAt: early });
  });

  it('write nothing for what they know already', async () => {
    const { record, table } = journeyWorld();
    expect(await record(opened())).toBe('recorded');
    const versions = [...table.items.values()].map(({ version }) => version);
    expect(await record(opened())).toBe('unchanged');
    expect([...table.items.values()].map(({ version }) => version)).toEqual(versions);
  });

  it('leave out facts that are no part of them', async () => {
    const { record, table } = journeyWorld();
    const consent: StampedFact = {
      type: 'ConsentChanged',
      factId: 'f',
      leadId: 'l-1',
      at: '2026-11-05T00:00:00.000Z',
      marketing: 'granted',
      reason: 'form',
    };
    expect(await record(consent)).toBe('unchanged');
    expect(table.items.size).toBe(0);
  });
});
