import { expect, it } from 'vitest';
import { decodeHead, encodeHead } from '../../../shared/adapters/lead-codec/head.ts';
import { NumberedList } from '../../../shared/domain/fold/by-number.ts';
import { RecentList } from '../../../shared/domain/timeline.ts';
import type { LeadHead } from '../../../shared/leads/log/lead-items.ts';
import { plainHead } from '../../support/plain-lead.ts';

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
    tally: {
      ref: at('03T10:00'),
      sums: [0, 1.25, -3],
      periods: new NumberedList([
        [3, { period: 20_760, at: at('03T01:00') }],
        [5, { period: 2966, at: at('03T02:00') }],
        [90, { period: 24_322, at: at('03T03:00') }],
        [91, { period: 0, at: at('02T03:00') }],
      ]),
      assets: new NumberedList([
        [
          7,
          {
            paid: [
              { asset: 4_000_000_000, at: at('02T00:00') },
              { asset: 12, at: at('03T00:00') },
            ],
          },
        ],
        [8, { paid: [{ asset: 12, at: at('03T00:00') }] }],
        [9, { fullAt: at('02T12:00') }],
      ]),
      patterns: new NumberedList([
        [1, { values: [{ value: 20_760, at: at('03T10:00') }] }],
        [2, { paidAt: at('02T00:00'), values: [] }],
      ]),
      earned: { id: '00000000000000bb', at: at('03T10:00') },
    },
    profileChanges: ['00000000000000cc'],
    policy: { hash: 'ab'.repeat(32), sequence: 4, scoring: '0123456789abcdef' },
  },
  log: {
    recent: new RecentList([
      { id: '00000000000000aa', at: at('02T00:00'), kind: 'page-viewed', facets: { asset: 'a', depth: 1.5 } },
    ]),
    watermark: { at: at('02T00:00'), id: '00000000000000aa' },
    frozen: new Set(['00000000000000aa']),
  },
  fresh: [
    {
      id: '00000000000000bb',
      at: at('03T10:00'),
      kind: 'demo-requested',
      origin: 'paid',
      receivedAt: at('03T10:00:01'),
    },
  ],
};

/** Of the first release. If this changes, stored leads cannot be read any more. */
const stored = {
  stage: 'mql',
  rest: '{"deal":{"id":"d-1","at":"2026-11-02T00:00:00.000Z"}}',
  bytes:
    '0180c4cf8db468ac02000306000000000000f43f00000000000008c01531808af31e2480d0bb1bfa5580968418178086b76a1f7200286bee80b4dd740c00000081f0b252110c00000080c4aa221080fcc34b0a12b0c402001180b4dd741c80c4aa220420abababababababababababababababababababababababababababababababab080123456789abcdef010800000000000000ccff0800000000000000bb0003652d320b00d00f2ba11f0003682d31f12e80a490c70181a0f6a7130180b4dd7400000000000000aa03000101020000000000000000aa00000000000000bb0881b4dd7480daae3a0805646570746801610603001740010b004602000000000000f83f0e24d00f',
};

it('a head that was stored once stays what it was', () => {
  const { bytes, ...encoded } = encodeHead(head);
  expect({ ...encoded, bytes: Buffer.from(bytes).toString('hex') }).toEqual(stored);
  expect(plainHead(decodeHead(stored.stage, Buffer.from(stored.bytes, 'hex'), stored.rest))).toEqual(
    plainHead(head),
  );
});
