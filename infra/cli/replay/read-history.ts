import type { Instant } from '../../../shared/domain/time.ts';
import { answerRecorded } from '../import/answer-recorded.ts';
import { openSources } from '../import/open-sources.ts';
import { type BadRow, engagementsFirst, mappingsOf } from '../import/read-input.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { UsageError } from '../usage-error.ts';
import { type RecordedAnswer, type RecordedWait, recordedWaits } from './recorded-waits.ts';

export type HistoryEvent = Readonly<{ at: Instant; event: InboundEvent }>;

export type History = Readonly<{
  /** In the order in which they happened; of one moment, as they stand in the files, engagements first. */
  events: readonly HistoryEvent[];
  /** Answers of sales that count, in the order in which they were given. */
  answers: readonly RecordedAnswer[];
  /** Offers of files that say when they were answered, oldest first. */
  waits: readonly RecordedWait[];
  badRows: readonly BadRow[];
  /** Names of the mappings that knew the files. */
  mapping: string;
}>;

/** A history is what happened; when it is read does not matter. */
const endOfTime: Instant = '9999-12-31T00:00:00.000Z';

/**
 * Reads a CSV or JSONL file, or all of a folder, by the mapping named, or the shipped one that knows its columns. Every
 * event keeps its own time.
 * @throws UsageError if there is nothing to read, or no mapping knows it.
 */
export const readHistory = async (path: string, wanted?: string): Promise<History> => {
  const events: HistoryEvent[] = [];
  const offers: Readonly<{ engagementId: string; at: Instant }>[] = [];
  const answers: RecordedAnswer[] = [];
  const badRows: BadRow[] = [];
  const sources = engagementsFirst(await openSources(path, wanted));
  for (const source of sources) {
    const recordsAnswers = source.by.sheets?.some(({ event }) => event === answerRecorded.type) === true;
    for await (const row of source.rows(endOfTime))
      if ('reason' in row) badRows.push({ file: source.name, line: row.line, reason: row.reason });
      else if ('answer' in row) answers.push(row.answer);
      else {
        const { at, event } = row;
        events.push({ at, event });
        if (recordsAnswers && event.type === 'EngagementRecorded')
          offers.push({ at, engagementId: event.detail.id });
      }
  }
  if (events.length === 0) throw new UsageError(`No row of ${path} can be used: ${remedyFor(badRows)}.`);
  return {
    events: inOrder(events),
    ...recordedWaits(inOrder(offers), inOrder(answers)),
    badRows,
    mapping: mappingsOf(sources),
  };
};

const remedyFor = ([first]: readonly BadRow[]): string =>
  first === undefined
    ? 'put rows below the header'
    : `in line ${first.line} of ${first.file}, ${first.reason}`;

const inOrder = <T extends Readonly<{ at: Instant }>>(things: readonly T[]): readonly T[] =>
  things.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
