import type { Lead } from '../../../shared/domain/lead.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { LeadHeads, LeadRecords, LeadStore, LoadedLead } from '../../../shared/ports.ts';

export type LeadsDeps = Readonly<{
  heads: LeadHeads;
  leads: Pick<LeadStore, 'timeline'>;
  records: Pick<LeadRecords, 'load'>;
}>;

/** A stored lead with what it is judged by, but for its timeline. */
export type HeadAndProfile = Readonly<{ leadId: string; loaded: LoadedLead; lead: Lead; profile: Profile }>;

/** Leads that are read at the same time. */
const atOnce = 32;

/** Does the same with every lead there is, some at a time, and yields what came of it. */
export async function* eachLead<T>(
  { heads, records }: Pick<LeadsDeps, 'heads' | 'records'>,
  judge: (lead: HeadAndProfile) => Promise<T>,
  onProgress: (message: string) => void,
): AsyncGenerator<T> {
  let seen = 0;
  for await (const page of heads.pages())
    for (let i = 0; i < page.length; i += atOnce) {
      const group = page.slice(i, i + atOnce);
      const judged = await Promise.all(
        group.map(async ({ leadId, loaded }) => {
          // One that was merged into another is a part of that one.
          if (loaded.state === undefined || loaded.state.mergedInto !== undefined) return [];
          const profile = (await records.load('profile', leadId)).state ?? {};
          return [await judge({ leadId, loaded, lead: loaded.state, profile })];
        }),
      );
      yield* judged.flat();
      seen += group.length;
      onProgress(`judging leads: ${seen.toLocaleString('en')}`);
    }
}
