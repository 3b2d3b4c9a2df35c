import * as v from 'valibot';
import { epochOf, type Instant, later } from '../../../shared/domain/time.ts';
import { inboundEvents } from '../../../shared/events/inbound.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { answerRecorded } from './answer-recorded.ts';
import type { Mapping, Sheet, Template } from './mapping.ts';
import { rowTime } from './row-time.ts';

/** One row of a file, by column. */
export type Row = Readonly<Record<string, string>>;

/** A row as an event, or what is wrong with it: never with the row's own values, they may be personal. */
export type MappedRow = Readonly<
  { type: 'event'; at: Instant; eventAt: (shiftMs: number) => InboundEvent } | { type: 'bad'; reason: string }
>;

/** Reads a row by its sheet. The event is made later, when it is known by how much all times are shifted. */
export const mapRow = (row: Row, { zone }: Mapping, sheet: Sheet): MappedRow => {
  const at = rowTime(row[sheet.time] ?? '', zone);
  if (at === undefined)
    return { type: 'bad', reason: `${sheet.time} ${row[sheet.time] ? 'is not a date or time' : 'is empty'}` };
  const detailAt = (time: Instant) => {
    const detail = filled(sheet.detail, { ...row, '@time': time }, zone);
    return dated.has(sheet.event) ? { occurredAt: time, ...detail } : detail;
  };
  const definition = [...inboundEvents, answerRecorded].find(({ type }) => type === sheet.event);
  const read = v.safeParse(v.object({ detail: definition?.schema ?? v.never() }), { detail: detailAt(at) });
  if (!read.success) {
    const [issue] = read.issues;
    return {
      type: 'bad',
      reason: `${v.getDotPath(issue)?.slice('detail.'.length) ?? 'the row'} ${faultOf(issue)}`,
    };
  }
  return {
    type: 'event',
    at,
    eventAt: (shiftMs) => ({ type: sheet.event, detail: detailAt(later(at, shiftMs)) ?? {} }),
  };
};

/** What was only received at some time would count as if it had happened then. */
const dated: ReadonlySet<string> = new Set(['EngagementRecorded', 'ProfileChanged']);

const faultOf = (issue: v.BaseIssue<unknown>): string =>
  issue.received === 'undefined' ? 'is missing' : `is not as it should be (${issue.type})`;

type Filled = { [field: string]: string | number | boolean | Filled };

const filled = (
  template: { readonly [field: string]: Template },
  row: Row,
  zone: string,
): Filled | undefined => {
  const entries = Object.entries(template).flatMap(([field, value]) => {
    const result =
      typeof value === 'string'
        ? text(value, row, zone)
        : typeof value === 'object'
          ? filled(value, row, zone)
          : value;
    return result === undefined ? [] : [[field, result] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** Undefined if it names a column that is empty and gives nothing to put there. */
const text = (template: string, row: Row, zone: string): string | number | undefined => {
  const [, typed = '', type] = /^\{([^{}|]+):(number|time)\}$/.exec(template) ?? [];
  if (type !== undefined) {
    const value = row[typed]?.trim();
    // What cannot be read stays the text that it is, for the schema to refuse.
    if (!value) return undefined;
    return type === 'time'
      ? (rowTime(value, zone) ?? value)
      : Number.isNaN(Number(value))
        ? value
        : Number(value);
  }
  let empty = false;
  const result = template.replace(/\{([^{}|]+)(?:\|([^{}]*))?\}/g, (_, column: string, instead?: string) => {
    const value = row[column]?.trim() || instead;
    if (value === undefined) empty = true;
    return value ?? '';
  });
  return empty ? undefined : result;
};

/** By how much all times are moved so that the latest is `now`. */
export const shiftToNow = (times: readonly Instant[], now: Instant): number =>
  times.length === 0
    ? 0
    : epochOf(now) - times.reduce((latest, at) => Math.max(latest, epochOf(at)), -Infinity);
