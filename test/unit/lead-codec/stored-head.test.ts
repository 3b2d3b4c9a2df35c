import { expect, it } from 'vitest';
import { decodeHead, encodeHead } from '../../../shared/adapters/lead-codec/head.ts';
import type { LeadHead } from '../../../shared/leads/log/lead-items.ts';

const at = (time: string): number => Date.parse(`2026-11-${time}Z`);

/** With everything that bytes tell. */
const head: LeadHead = {
  lead: {
    stage: 'mql',
    stageAt: '2026-11-03T00:00:00.000Z',
    furthest: 'mql',
    cutOff: '2026-11-01T00:00:00.000Z',
    ask: {
      id: '00000000000000bb',
      engagementId: 'e-2',
      kind: 'demo-requested',
      occurredAt: '2026-11-03T10:00:00.000Z',
      receivedAt: '2026-11-03T10:00:01.000Z',
    },
    mqlCause: { type: 'engagement', id: 'e-2', at: '2026-11-03T10:00:02.000Z' },
    handoff: { id: 'h-1', open: true },
    hot: '2026-11-03T10:00:03.000Z',
    restUntil: '2026-12-03T10:00:00.000Z',
    deal: { id: 'd-1', at: '2026-11-02T00:00:00.000Z' },
    count: 300,
    recent: [
      { id: '00000000000000aa', at: at('02T00:00'), kind: 'page-viewed', facets: { asset: 'a', depth: 1.5 } },
      {
        id: '00000000000000bb',
        at: at('03T10:00'),
        kind: 'demo-requested',
        origin: 'paid',
        receivedAt: at('03T10:00:01'),
      },
    ],
    tally: {
      ref: at('03T10:00'),
      sums: [0, 1.25, -3],
      periods: [
        { rule: 3, period: 20_760, at: at('03T01:00') },
        { rule: 5, period: 2966, at: at('03T02:00') },
        { rule: 90, period: 24_322, at: at('03T03:00') },
        { rule: 91, period: 0, at: at('02T03:00') },
      ],
      assets: [
        { rule: 7, asset: 4_000_000_000, at: at('02T00:00') },
        { rule: 7, asset: 12, at: at('03T00:00') },
        { rule: 8, asset: 12, at: at('03T00:00') },
      ],
      fullAssets: [{ rule: 9, at: at('02T12:00') }],
      patterns: [
        { pattern: 1, values: [{ value: 20_760, at: at('03T10:00') }] },
        { pattern: 2, paidAt: at('02T00:00'), values: [] },
      ],
      earned: { id: '00000000000000bb', at: at('03T10:00') },
    },
    profileChanges: ['00000000000000cc'],
    policy: { hash: 'ab'.repeat(32), sequence: 4, scoring: '0123456789abcdef' },
  },
  watermark: { at: at('02T00:00'), id: '00000000000000aa' },
  frozen: new Set(['00000000000000aa']),
};

/** Of the first release. If this changes, stored leads cannot be read any more. */
const stored = {
  stage: 'mql',
  rest: '{"deal":{"id":"d-1","at":"2026-11-02T00:00:00.000Z"}}',
  bytes:
    '01020005000106646570746861ac021c80c4cf8db4680306000000000000f43f00000000000008c0043180c5b90f2480e8dd0dfa5a808b820c1780c39b35020700286bee80b4dd740c000000ffefb25201080c00000080c4aa2200010980fee125020102b0c40200020180daae3a0380c4aa220420abababababababababababababababababababababababababababababababab080123456789abcdef010800000000000000ccff0800000000000000bb0003652d320b00d00f2b9f1f0003682d31ef2e80a490c701ff9ff6a7130180b4dd7400000000000000aa0200000000000000aa00000000000000bb01ffb3dd7400000217404602000000000000f83f0c80daae3a010b0024d00f',
};

it('a head that was stored once stays what it was', () => {
  const { bytes, ...encoded } = encodeHead(head);
  expect({ ...encoded, bytes: Buffer.from(bytes).toString('hex') }).toEqual(stored);
  expect(decodeHead({ ...stored, bytes: Buffer.from(stored.bytes, 'hex') })).toEqual(head);
});
