import { noOrigin } from './list-waiting.ts';
import type { PlacedEvent } from './pack-messages.ts';

export type Tally = Readonly<{
  /** Distinct leads, as the file names them. */
  leads: number;
  /** Distinct ones: a row that comes again with the same id is the same engagement. */
  engagements: number;
  profiles: number;
  companies: number;
  deals: number;
  /** Rows whose id their lead has in another row already. */
  repeated: number;
  /** By the origin of a lead's first engagement; without one: (none). */
  leadsByOrigin: Readonly<Record<string, number>>;
}>;

/** Counts what passes by, in the order of the import: all of one lead comes together. */
export const makeTally = () => {
  const counts = { EngagementRecorded: 0, ProfileChanged: 0, AccountChanged: 0, DealChanged: 0 };
  const byOrigin = new Map<string, number>();
  let [leads, repeated] = [0, 0];
  let subject: string | undefined;
  let origin: string | undefined;
  let seen = new Set<string>();

  const endOfSubject = () => {
    if (subject === undefined || subject.startsWith('account:')) return;
    leads += 1;
    byOrigin.set(origin ?? noOrigin, (byOrigin.get(origin ?? noOrigin) ?? 0) + 1);
  };

  const count = ({ subject: next, event: { type, detail } }: PlacedEvent): void => {
    if (next !== subject) {
      endOfSubject();
      subject = next;
      origin = undefined;
      seen = new Set();
    }
    const id = `${type} ${detail.id}`;
    if (seen.has(id)) {
      repeated += 1;
      return;
    }
    seen.add(id);
    counts[type] += 1;
    if (type === 'EngagementRecorded') origin ??= detail.source?.origin;
  };

  return {
    async *counted(rows: AsyncIterable<PlacedEvent>): AsyncGenerator<PlacedEvent> {
      for await (const row of rows) {
        count(row);
        yield row;
      }
    },
    end(): Tally {
      endOfSubject();
      return {
        leads,
        engagements: counts.EngagementRecorded,
        profiles: counts.ProfileChanged,
        companies: counts.AccountChanged,
        deals: counts.DealChanged,
        repeated,
        leadsByOrigin: Object.fromEntries([...byOrigin].sort(([, a], [, b]) => b - a)),
      };
    },
  };
};
