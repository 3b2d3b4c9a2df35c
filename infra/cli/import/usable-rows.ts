import type { Instant } from '../../../shared/domain/time.ts';
import { bar } from '../progress-bar.ts';
import type { Source } from './open-sources.ts';
import type { PlacedEvent } from './pack-messages.ts';
import { subjectOf } from './past-event.ts';

/** A row that nobody can use. `text` as it stands in the file. */
export type BadRow = Readonly<{ file: string; line: number; reason: string; text: string }>;

/** What was read so far. */
export type ReadSoFar = { rows: number; bad: number };

const tellEvery = 2000;

/** The rows of all files that can be used, as they stand there; the others are told to `onBadRow`. */
export async function* usableRows(
  sources: readonly Source[],
  now: Instant,
  {
    soFar,
    onBadRow,
    onProgress,
  }: Readonly<{
    soFar: ReadSoFar;
    onBadRow: (row: BadRow) => Promise<void>;
    onProgress: (message: string) => void;
  }>,
): AsyncGenerator<PlacedEvent> {
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  let readBytes = 0;
  for (const source of sources)
    for await (const { line, text, ...row } of source.rows(now)) {
      // Answers of sales are for replays: what was said elsewhere answers no handoff here.
      if ('answer' in row) continue;
      soFar.rows += 1;
      readBytes += text.length + 1;
      if (soFar.rows % tellEvery === 0)
        onProgress(bar('reading', Math.round(readBytes / 1000), Math.round(bytes / 1000)).concat(' KB'));
      if ('reason' in row) {
        soFar.bad += 1;
        await onBadRow({ file: source.name, line, reason: row.reason, text });
      } else yield { subject: subjectOf(row.event), at: row.at, place: soFar.rows, event: row.event };
    }
}
