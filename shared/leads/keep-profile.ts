import { changeOf, decideAndCommit } from '../commit.ts';
import { changeProfile, type ProfileStatement } from '../domain/change-profile.ts';
import type { LeadRecords } from '../ports.ts';

/** Adds what was said to a lead's profile. It is written before the lead, which is judged by it. */
export const makeKeepProfile =
  (records: LeadRecords) =>
  async (leadId: string, statements: readonly ProfileStatement[]): Promise<void> => {
    if (statements.length === 0) return;
    await decideAndCommit(records, async () => {
      const loaded = await records.load('profile', leadId);
      const before = loaded.state ?? {};
      const after = statements.reduce(changeProfile, before);
      const changes = after === before ? [] : [changeOf('profile', leadId, loaded, { state: after })];
      return { changes, result: undefined };
    });
  };
