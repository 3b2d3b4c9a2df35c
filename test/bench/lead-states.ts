import { fullItem } from '../../shared/adapters/dynamo-lead-store.ts';
import { headItem, type Item, loadedHead } from '../../shared/adapters/lead-item-layout.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import { compareEntries, type Span, type TimelineEntry } from '../../shared/domain/timeline.ts';
import type { IsFull } from '../../shared/leads/log/lead-items.ts';
import { type NextHead, nextHead } from '../../shared/leads/log/next-head.ts';
import type { LoadedLead } from '../../shared/ports.ts';
import { fullAt } from '../../shared/simulation/memory-lead-items.ts';

/** A lead between two events: what is at hand, and what was moved away from it. */
export type AtHand = Readonly<{ loaded: LoadedLead; aside: Aside }>;

/** What becomes of a lead with one more event; the same: nothing is saved. */
export type NextLead = (atHand: AtHand) => Lead | undefined;

/** Where the core's leads are between two events. What leaves a lead is no part of the work per event: it stays as it is. */
export type LeadStates = Readonly<{ change(leadId: string, next: NextLead): void }>;

/** Engagements that left a lead, in order. */
class Aside {
  readonly #ids = new Set<string>();
  readonly #entries: TimelineEntry[] = [];

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add({ chunk, markers }: NextHead): void {
    if (chunk.length + markers.length === 0) return;
    for (const entry of [...chunk, ...markers]) {
      if (this.#ids.has(entry.id)) continue;
      this.#ids.add(entry.id);
      this.#entries.splice(this.#placeOf(entry), 0, entry);
    }
  }

  within({ from, until }: Span): readonly TimelineEntry[] {
    return this.#entries.slice(
      this.#placeOf({ at: from, id: '' }),
      this.#placeOf({ at: until, id: highestId }),
    );
  }

  #placeOf(key: Readonly<{ at: number; id: string }>): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareEntries(this.#entries[middle]!, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const highestId = 'f'.repeat(16);
const nobody: LoadedLead = { state: undefined, version: 0, leaving: new Set() };

/** About as many as an item holds. */
const plainIsFull = fullAt(20);

/** As they are. */
export const plainStates = (): LeadStates => {
  const leads = new Map<string, AtHand>();
  return {
    change(leadId, next) {
      const atHand = leads.get(leadId) ?? { loaded: nobody, aside: new Aside() };
      const saved = save(leadId, atHand, next(atHand), plainIsFull);
      if (saved === undefined) return;
      const { lead, frozen, watermark } = saved.head;
      const loaded = {
        state: lead,
        version: atHand.loaded.version + 1,
        leaving: frozen,
        ...(watermark === undefined ? {} : { watermark }),
      };
      leads.set(leadId, { loaded, aside: atHand.aside });
    },
  };
};

/** As the items of DynamoDB: the head is read and written for each event. */
export const codedStates = (): LeadStates => {
  const items = new Map<string, Readonly<{ item: Item | undefined; aside: Aside }>>();
  return {
    change(leadId, next) {
      const { item, aside } = items.get(leadId) ?? { item: undefined, aside: new Aside() };
      const atHand = { loaded: loadedHead(item), aside };
      const saved = save(leadId, atHand, next(atHand), fullItem);
      if (saved === undefined) return;
      items.set(leadId, { item: headItem(leadId, atHand.loaded, { ...saved.head, facts: [] }), aside });
    },
  };
};

const save = (
  leadId: string,
  { loaded, aside }: AtHand,
  state: Lead | undefined,
  isFull: IsFull,
): NextHead | undefined => {
  if (state === undefined || state === loaded.state) return undefined;
  const next = nextHead(loaded, state, (head) => isFull(leadId, head, 1));
  aside.add(next);
  return next;
};
