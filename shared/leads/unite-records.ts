import { changeOf, decideAndCommit } from '../commit.ts';
import { uniteAnswers } from '../domain/answers.ts';
import { uniteProfiles } from '../domain/change-profile.ts';
import type { LeadRecords } from '../ports.ts';

/** Adds what is known of one lead, and what it wrote, to what is kept of another. Done again, it says nothing new. */
export const makeUniteRecords =
  (records: LeadRecords) =>
  async (from: string, into: string): Promise<void> => {
    const profile = (await records.load('profile', from)).state;
    if (profile !== undefined)
      await decideAndCommit(records, async () => {
        const loaded = await records.load('profile', into);
        const before = loaded.state ?? {};
        const state = uniteProfiles(before, profile);
        const changes = state === before ? [] : [changeOf('profile', into, loaded, { state })];
        return { changes, result: undefined };
      });
    const answers = (await records.load('answers', from)).state;
    if (answers !== undefined)
      await decideAndCommit(records, async () => {
        const loaded = await records.load('answers', into);
        const before = loaded.state ?? {};
        const state = uniteAnswers(before, answers);
        const changes = state === before ? [] : [changeOf('answers', into, loaded, { state })];
        return { changes, result: undefined };
      });
  };
