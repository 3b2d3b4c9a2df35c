import type { JudgedEntry } from '../../../shared/domain/judged-timeline.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { letsCount, type Verdict } from '../../../shared/domain/verdict.ts';
import { UsageError } from '../usage-error.ts';
import { notCountedWords } from './words.ts';

const perPage = 20;

/** An engagement, and what became of it: what it earned, or why it earned nothing by its rule. */
export type TimelineRow = Readonly<{
  /** Its short name: what `baton lead judge` takes, as it takes its producer's. */
  id: string;
  occurredAt: string;
  /** Kept of those that ask to talk. */
  receivedAt?: string;
  kind: string;
  /** Its time is that of its first receipt. */
  unanchored?: true;
  earned: readonly Readonly<{ by: string; label: string; points: number }>[];
  notCounted?: string;
  /** What somebody said of it, and why. `baton lead judge` says otherwise. */
  verdict?: Readonly<{ verdict: string; by: string; reason: string; sequence: number }>;
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

const rowOf = ({ entry, rule, paid, notCounted, verdict }: JudgedEntry): TimelineRow => ({
  id: entry.id,
  occurredAt: instantOf(entry.at),
  ...(entry.receivedAt === undefined ? {} : { receivedAt: instantOf(entry.receivedAt) }),
  kind: entry.kind,
  ...(entry.unanchored === undefined ? {} : { unanchored: true }),
  earned: paid.map(({ by, label, points }) => ({ by, label: label.en, points })),
  ...(notCounted === undefined
    ? {}
    : { notCounted: `${notCountedWords[notCounted]}${ofWhat(rule, verdict)}` }),
  ...(verdict === undefined ? {} : { verdict: saidOf(verdict) }),
  ...(entry.facets?.asset === undefined ? {} : { asset: String(entry.facets.asset) }),
  ...(entry.origin === undefined ? {} : { origin: entry.origin }),
});

/** Who judged it, else the rule that gave nothing. */
const ofWhat = (rule: JudgedEntry['rule'], verdict: Verdict | undefined): string => {
  if (verdict !== undefined && !letsCount(verdict)) return ` by ${verdict.by} (${verdict.reason})`;
  return rule === undefined ? '' : ` (rule-${rule.number})`;
};

const saidOf = ({ verdict, by, reason, sequence }: Verdict) => ({ verdict, by, reason, sequence });
