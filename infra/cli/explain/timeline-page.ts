import type { JudgedEntry } from '../../../shared/domain/judged-timeline.ts';
import { UsageError } from '../usage-error.ts';
import { notCountedWords } from './words.ts';

const perPage = 20;

/** An engagement, and what became of it: what it earned, or why it earned nothing by its rule. */
export type TimelineRow = Readonly<{
  id: string;
  occurredAt: string;
  receivedAt: string;
  kind: string;
  /** Its time is that of its first receipt. */
  unanchored?: true;
  earned: readonly Readonly<{ by: string; label: string; points: number }>[];
  notCounted?: string;
  asset?: string;
  origin?: string;
}>;

export type TimelinePage = Readonly<{
  page: number;
  pages: number;
  total: number;
  entries: readonly TimelineRow[];
}>;

/** One page, the first being page 1. @throws UsageError if there is no such page. */
export const timelinePage = (timeline: readonly JudgedEntry[], page: number): TimelinePage => {
  const pages = Math.max(1, Math.ceil(timeline.length / perPage));
  if (page > pages)
    throw new UsageError(
      `The timeline has ${pages === 1 ? 'one page' : `${pages} pages`}: there is no page ${page}.`,
    );
  const entries = timeline.slice((page - 1) * perPage, page * perPage).map(rowOf);
  return { page, pages, total: timeline.length, entries };
};

const rowOf = ({ entry, rule, paid, notCounted }: JudgedEntry): TimelineRow => ({
  id: entry.id,
  occurredAt: entry.occurredAt,
  receivedAt: entry.receivedAt,
  kind: entry.kind,
  ...(entry.unanchored === undefined ? {} : { unanchored: true }),
  earned: paid.map(({ by, label, points }) => ({ by, label: label.en, points })),
  ...(notCounted === undefined
    ? {}
    : { notCounted: `${notCountedWords[notCounted]}${rule === undefined ? '' : ` (rule-${rule.number})`}` }),
  ...(entry.facets?.asset === undefined ? {} : { asset: String(entry.facets.asset) }),
  ...(entry.origin === undefined ? {} : { origin: entry.origin }),
});
