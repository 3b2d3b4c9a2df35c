import type { Lead, TimelineEntry } from '../../shared/domain/lead.ts';
import { compareEntries } from '../../shared/domain/timeline.ts';
import { day } from './scoring-world.ts';

/** `[day after Monday 2026-11-02 00:00 UTC, kind, asset]` */
export type Happening = readonly [days: number, kind: string, asset?: string];

export const aTimeline = (...happenings: readonly Happening[]): TimelineEntry[] =>
  happenings
    .map(([days, kind, asset], i) => ({
      id: `e${String(i).padStart(4, '0')}`,
      kind,
      occurredAt: day(days),
      receivedAt: day(days),
      ...(asset === undefined ? {} : { facets: { asset } }),
    }))
    .sort(compareEntries);

export const aLead = (overrides: Partial<Lead> = {}): Lead => ({
  stage: 'inquiry',
  stageAt: day(0),
  furthest: 'inquiry',
  timeline: [],
  cutOffs: [],
  profileChanges: [],
  policy: { hash: 'default', sequence: 1 },
  ...overrides,
});
