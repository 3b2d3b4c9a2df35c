import { fc, test } from '@fast-check/vitest';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type PlacedEvent, shipments } from '../../../infra/cli/import/pack-messages.ts';
import { subjectOf } from '../../../infra/cli/import/past-event.ts';
import { historyImported } from '../../../shared/events/commands.ts';
import { collect, streamOf } from '../../support/collect.ts';

const at = '2026-11-02T08:00:00.000Z';
const placed = (place: number, userId: string, text = ''): PlacedEvent => {
  const event = {
    type: 'EngagementRecorded',
    detail: { id: `e${place}`, kind: 'page-viewed', occurredAt: at, lead: { userId }, properties: { text } },
  } as const;
  return { subject: subjectOf(event), at, place, event };
};
const packed = async (rows: readonly PlacedEvent[]) =>
  (await collect(shipments(streamOf(rows)))).map(({ messages, events }) => ({
    events,
    messages: messages.map(({ type, detail }) => {
      expect(type).toBe('HistoryImported');
      return v.parse(historyImported.schema, detail).events;
    }),
    bytes: messages.reduce((sum, message) => sum + Buffer.byteLength(JSON.stringify(message)), 0),
  }));

describe('packing an import', () => {
  it('puts what is of one lead into one message', async () => {
    const [call, ...others] = await packed([placed(1, 'a'), placed(2, 'a'), placed(3, 'b')]);
    expect(others).toEqual([]);
    expect(call?.messages.map((events) => events.map(({ detail }) => detail.id))).toEqual([
      ['e1', 'e2'],
      ['e3'],
    ]);
  });

  it('never puts more than a hundred events into a message', async () => {
    const [call] = await packed(Array.from({ length: 250 }, (_, i) => placed(i, 'a')));
    expect(call?.messages.map((events) => events.length)).toEqual([100, 100, 50]);
  });

  const rows = fc
    .array(fc.tuple(fc.nat(5), fc.integer({ min: 0, max: 2000 })), { maxLength: 400 })
    .map((all) =>
      [...all]
        .sort(([a], [b]) => a - b)
        .map(([lead, size], i) => placed(i, `lead-${lead}`, 'ü'.repeat(size))),
    );

  test.prop([rows], { numRuns: 100 })('keeps all in order, in calls that SQS takes', async (all) => {
    const calls = await packed(all);
    expect(calls.flatMap(({ messages }) => messages.flat())).toEqual(all.map(({ event }) => event));
    for (const { messages, events, bytes } of calls) {
      expect(messages.length).toBeLessThanOrEqual(10);
      expect(bytes).toBeLessThan(256 * 1024);
      expect(events).toBe(messages.flat().length);
      for (const message of messages) expect(new Set(message.map(subjectOf)).size).toBe(1);
    }
  });
});
