import { fullItem } from '../../shared/adapters/dynamo-lead-store.ts';
import { headItem, type Item, loadedHead } from '../../shared/adapters/lead-item-layout.ts';
import type { LeadDecision } from '../../shared/domain/lead-priority.ts';
import {
  compareEntries,
  type EntryKey,
  RecentList,
  type Span,
  type TimelineEntry,
} from '../../shared/domain/timeline.ts';
import type { IsFull } from '../../shared/leads/log/lead-items.ts';
import { type NextHead, nextHead } from '../../shared/leads/log/next-head.ts';
import { nobody } from '../../shared/leads/log/nobody.ts';
import type { LoadedLead } from '../../shared/ports.ts';
import { fullAt } from '../../shared/simulation/memory-lead-items.ts';

/** A lead between two events: what is at hand, and what was moved away from it. */
export type AtHand = Readonly<{ loaded: LoadedLead; aside: Aside }>;

/** What becomes of a lead with one more event; undefined: nothing is saved. */
export type Decide = (atHand: AtHand) => LeadDecision | undefined;

/** Where a lead is between two events. What leaves it is no part of the work per event: it stays as it is. */
export type KeptLead = Readonly<{ change(decide: Decide): void }>;

/** Engagements that left a lead, in order. */
class Aside {
  readonly #entries: TimelineEntry[] = [];

  has(key: EntryKey): boolean {
    return this.#entries[this.#placeOf(key)]?.id === key.id;
  }

  add({ chunk, markers }: NextHead): void {
    for (const entry of chunk) this.#add(entry);
    for (const entry of markers) this.#add(entry);
  }

  #add(entry: TimelineEntry): void {
    const last = this.#entries.at(-1);
    if (last === undefined || compareEntries(last, entry) < 0) {
      this.#entries.push(entry);
      return;
    }
    const place = this.#placeOf(entry);
    if (this.#entries[place]?.id !== entry.id) this.#entries.splice(place, 0, entry);
  }

  within({ from, until }: Span): readonly TimelineEntry[] {
    return this.#entries.slice(
      this.#placeOf({ at: from, id: '' }),
      this.#placeOf({ at: until, id: highestId }),
    );
  }

  #placeOf(key: EntryKey): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareEntries(this.#entries[middle]!, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const none: readonly [] = [];
const highestId = 'f'.repeat(16);

/** Whatever comes is added in its place: in memory, nobody needs what was before. */
class GrowingList extends RecentList {
  readonly #entries: TimelineEntry[];

  constructor(entries: readonly TimelineEntry[]) {
    const own = entries.slice();
    super(own);
    this.#entries = own;
  }

  add(fresh: readonly TimelineEntry[]): void {
    for (const entry of fresh) {
      const last = this.#entries.at(-1);
      this.#entries.push(entry);
      if (last !== undefined && compareEntries(last, entry) > 0) this.#entries.sort(compareEntries);
    }
  }
}

/** About as many as an item holds. */
const plainIsFull = fullAt(20);

/** As it is. */
export class PlainLead implements KeptLead {
  readonly #leadId: string;
  readonly #aside = new Aside();
  #loaded = nobody;
  #recent: GrowingList | undefined;

  constructor(leadId: string) {
    this.#leadId = leadId;
  }

  change(decide: Decide): void {
    const loaded = this.#loaded;
    const saved = save(this.#leadId, { loaded, aside: this.#aside }, decide, plainIsFull);
    if (saved === undefined) return;
    const { lead, log, fresh } = saved.head;
    const recent = log.recent === this.#recent ? this.#recent : new GrowingList(log.recent.all());
    recent.add(fresh);
    this.#recent = recent;
    const { watermark, frozen } = log;
    const grown = watermark === undefined ? { recent, frozen } : { recent, watermark, frozen };
    this.#loaded = { state: lead, version: loaded.version + 1, log: grown };
  }
}

/** As an item of DynamoDB: its head is read and written for each event. Between them it is not on the heap. */
export class CodedLead implements KeptLead {
  readonly #leadId: string;
  readonly #aside = new Aside();
  #bytes = Buffer.allocUnsafeSlow(1280);
  #length = 0;
  #version = '';
  #stage = '';
  #rest: string | undefined;

  constructor(leadId: string) {
    this.#leadId = leadId;
  }

  change(decide: Decide): void {
    const loaded = loadedHead(this.#item());
    const saved = save(this.#leadId, { loaded, aside: this.#aside }, decide, fullItem);
    if (saved !== undefined) this.#keep(headItem(this.#leadId, loaded, { ...saved.head, facts: none }));
  }

  #item(): Item | undefined {
    if (this.#length === 0) return undefined;
    const b = { B: this.#bytes.subarray(0, this.#length) };
    const item = { v: { N: this.#version }, st: { S: this.#stage }, b };
    return this.#rest === undefined ? item : { ...item, x: { S: this.#rest } };
  }

  #keep({ v, st, b, x }: Item): void {
    const bytes = b?.B ?? new Uint8Array();
    if (bytes.length > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(2 * bytes.length);
    this.#bytes.set(bytes);
    this.#length = bytes.length;
    this.#version = v?.N ?? '';
    this.#stage = st?.S ?? '';
    this.#rest = x?.S;
  }
}

const save = (leadId: string, atHand: AtHand, decide: Decide, isFull: IsFull): NextHead | undefined => {
  const decision = decide(atHand);
  if (decision === undefined) return undefined;
  const { loaded, aside } = atHand;
  const { state: lead, entries: fresh = [] } = decision;
  const next = nextHead(loaded.log, { lead, fresh }, (head) => isFull(leadId, loaded, head));
  aside.add(next);
  return next;
};
