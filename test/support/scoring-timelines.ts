import { decidedWith } from '../../shared/domain/decided-with.ts';
import type { DecidedWith, Lead } from '../../shared/domain/lead.ts';
import { newLead } from '../../shared/domain/lead.ts';
import { compareEntries, type TimelineEntry } from '../../shared/domain/timeline.ts';
import { publishedDefaultPolicy } from './default-policy.ts';
import { day } from './scoring-world.ts';

/** `[day after Monday 2026-11-02 00:00 UTC, kind, asset]` */
export type Happening = readonly [days: number, kind: string, asset?: string];

/** The short name of the nth of them. */
export const entryId = (n: number): string => `e${String(n).padStart(15, '0')}`;

export const aTimeline = (...happenings: readonly Happening[]): TimelineEntry[] =>
  happenings
    .map(([days, kind, asset], i) => ({
      id: entryId(i),
      kind,
      at: Date.parse(day(days)),
      ...(asset === undefined ? {} : { facets: { asset } }),
    }))
    .sort(compareEntries);

const byDefault: DecidedWith = decidedWith(publishedDefaultPolicy());

/** Decided with the default policy as it is, unless it says otherwise. */
export const aLead = (overrides: Partial<Lead> = {}): Lead => ({
  ...newLead(day(0), byDefault),
  ...overrides,
});
