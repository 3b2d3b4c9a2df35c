import type { Lead } from '../../domain/lead.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import type { HeadLog } from '../../ports.ts';
import { ByteWriter } from './byte-writer.ts';
import type { StoredLog } from './log.ts';

/** What bytes of items are written with: encoding never waits, so one is enough. */
export const writer = new ByteWriter();

/** A head in the making. Times are told by what passed until `base`. */
export type Making = Readonly<{
  lead: Lead;
  log: HeadLog;
  base: number;
  /** What the log begins with. */
  kept: StoredLog | undefined;
  /** And what comes behind it. */
  entries: readonly TimelineEntry[];
}>;

/** In the log; -1: it is not there. */
export const placeOf = (id: string, { kept, entries }: Making): number => {
  for (let i = entries.length - 1; i >= 0; i--) if (entries[i]?.id === id) return (kept?.length ?? 0) + i;
  return kept?.placeOf(id) ?? -1;
};
