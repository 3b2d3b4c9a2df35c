import type { Lead } from '../../domain/lead.ts';
import type { EntryKey } from '../../domain/timeline.ts';
import type { HeadLog } from '../../ports.ts';
import type { ByteReader } from './byte-reader.ts';
import type { StoredLog } from './log.ts';

/** Where each part of a head begins, and where the last one ends. */
type Places = readonly number[];

/** The log of a head as it was read; whatever of the head stays as it was is copied from its bytes. */
export class StoredHeadLog implements HeadLog {
  readonly recent: StoredLog;
  readonly watermark?: EntryKey;
  readonly frozen: ReadonlySet<string>;
  readonly reader: ByteReader;
  readonly lead: Lead;
  readonly places: Places;

  constructor(
    reader: ByteReader,
    lead: Lead,
    places: Places,
    recent: StoredLog,
    watermark: EntryKey | undefined,
    frozen: ReadonlySet<string>,
  ) {
    this.reader = reader;
    this.lead = lead;
    this.places = places;
    this.recent = recent;
    if (watermark !== undefined) this.watermark = watermark;
    this.frozen = frozen;
  }
}
