import { type Instant, later } from '../../../shared/domain/time.ts';
import type { PastEvent } from '../../../shared/events/commands.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { type AnswerRecorded, answerIn } from './answer-recorded.ts';
import { mapRow, type Row } from './map-row.ts';
import type { FileSheets, Sheet } from './mapping.ts';
import { readPastEvent } from './past-event.ts';
import { readCsv } from './read-csv.ts';
import { readJsonl, rowOf } from './read-jsonl.ts';

/** What can be made of a row; `eventAt` is the same with its times moved by so many milliseconds. */
export type UsableRow = Readonly<
  { at: Instant } & (
    | { event: PastEvent; eventAt: (shiftMs: number) => InboundEvent }
    | { answer: AnswerRecorded }
  )
>;

/** A row of a file, or the reason why nobody can use it. `text` as it stands in the file. */
export type SourceRow = Readonly<{ line: number; text: string } & (UsableRow | { reason: string })>;

export const isJsonl = (file: string): boolean => /\.(jsonl|ndjson)$/i.test(file);

/**
 * What a mapping makes of a file. Rows that concern none of its sheets are passed over; of a sheet with `first` nothing is
 * known before the end.
 */
export async function* mappedRows(
  file: string,
  { mapping, sheets }: FileSheets,
  now: Instant,
): AsyncGenerator<SourceRow> {
  const firsts = firstRows();
  for await (const { line, text, ...read } of tableRows(file)) {
    const rows =
      'problem' in read ? [{ reason: read.problem }] : sheetRows(read.row, { mapping, sheets }, now);
    for (const { first, ...row } of rows)
      if (first === undefined || 'reason' in row) yield { line, text, ...row };
      else firsts.add(first, { line, text, ...row });
  }
  yield* firsts.rows();
}

type SheetRow = Readonly<(UsableRow | { reason: string }) & { first?: string }>;

/** One for each sheet that a row concerns, up to the first that cannot be used: one reason is enough to correct the line. */
const sheetRows = (row: Row, { mapping, sheets }: FileSheets, now: Instant): readonly SheetRow[] => {
  const unclear = unclearColumn(row, sheets);
  if (unclear !== undefined) return [{ reason: `${unclear} is empty` }];
  const found: SheetRow[] = [];
  for (const [i, sheet] of sheets.entries()) {
    if (!concerns(row, sheet)) continue;
    const mapped = mapRow(row, mapping, sheet);
    const usable = mapped.type === 'bad' ? { reason: mapped.reason } : usableRow(mapped, now);
    found.push(sheet.first === undefined ? usable : { ...usable, first: `${i} ${row[sheet.first]}` });
    if ('reason' in usable) break;
  }
  return found;
};

/** Keeps the earliest row of each key. */
const firstRows = () => {
  const kept = new Map<string, SourceRow & UsableRow>();
  return {
    add(key: string, row: SourceRow & UsableRow): void {
      const known = kept.get(key);
      if (known === undefined || row.at < known.at) kept.set(key, row);
    },
    rows: () => kept.values(),
  };
};

/** Events as producers put them on the bus, one a line. */
export async function* eventRows(file: string, now: Instant): AsyncGenerator<SourceRow> {
  for await (const { line, text, ...read } of readJsonl(file))
    yield { line, text, ...('problem' in read ? { reason: read.problem } : usableEvent(read.value, now)) };
}

const usableRow = (
  { at, eventAt }: Readonly<{ at: Instant; eventAt: (shiftMs: number) => InboundEvent }>,
  now: Instant,
): UsableRow | Readonly<{ reason: string }> => {
  const event = eventAt(0);
  const answer = answerIn(event);
  if (answer !== undefined) return { at, answer };
  const past = readPastEvent(event, now);
  return 'reason' in past ? past : { ...past, eventAt };
};

const usableEvent = (value: Readonly<Record<string, unknown>>, now: Instant) => {
  const { detail } = value;
  const past = readPastEvent(
    {
      type: String(value.type ?? value['detail-type']),
      detail: typeof detail === 'object' && detail !== null ? { ...detail } : {},
    },
    now,
  );
  return 'reason' in past ? past : { ...past, eventAt: (shiftMs: number) => moved(past.event, shiftMs) };
};

const moved = ({ type, detail }: PastEvent, shiftMs: number): InboundEvent => ({
  type,
  detail: {
    ...detail,
    ...('occurredAt' in detail && detail.occurredAt !== undefined
      ? { occurredAt: later(detail.occurredAt, shiftMs) }
      : {}),
    ...('at' in detail ? { at: later(detail.at, shiftMs) } : {}),
  },
});

const concerns = (row: Row, { where = {}, event, time }: Sheet): boolean =>
  Object.entries(where).every(([column, text]) => row[column]?.trim() === text) &&
  // Who has no time of an answer was not answered.
  !(event === 'AnswerRecorded' && !row[time]?.trim());

/** A column that would say whom a row concerns, and is empty. */
const unclearColumn = (row: Row, sheets: readonly Sheet[]): string | undefined =>
  sheets.flatMap(({ where = {} }) => Object.keys(where)).find((column) => !row[column]?.trim());

type TableRow = Readonly<{ line: number; text: string } & ({ row: Row } | { problem: string })>;

async function* tableRows(file: string): AsyncGenerator<TableRow> {
  if (!isJsonl(file)) yield* readCsv(file);
  else
    for await (const { line, text, ...read } of readJsonl(file))
      yield { line, text, ...('problem' in read ? read : { row: rowOf(read.value) }) };
}
