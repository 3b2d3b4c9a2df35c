import { changeOf, decideAndCommit } from '../commit.ts';
import { changeProfile, type ProfileStatement } from '../domain/change-profile.ts';
import type { Profile } from '../domain/profile.ts';
import type { LeadRecords } from '../ports.ts';

/** Adds what was said to a lead's profile, and says what that is now. It is written before the lead, which is judged by it. */
export const makeKeepProfile =
  (records: LeadRecords) =>
  (leadId: string, statements: readonly ProfileStatement[]): Promise<Profile> =>
    decideAndCommit(records, async () => {
      const loaded = await records.load('profile', leadId);
      const before = loaded.state ?? {};
      const after = statements.reduce(changeProfile, before);
      const changes = after === before ? [] : [changeOf('profile', leadId, loaded, { state: after })];
      return { changes, result: after };
    });
