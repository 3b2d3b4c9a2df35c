import { changeOf, decideAndCommit } from '../commit.ts';
import { type Answers, type answersIn, changeAnswers } from '../domain/answers.ts';
import type { EntryKey } from '../domain/timeline.ts';
import type { LeadRecords } from '../ports.ts';

/** What a lead wrote into a form with one engagement. */
export type AnswersOf = Readonly<{ engagement: EntryKey; said: ReturnType<typeof answersIn> }>;

/** Adds what a lead wrote to its answers. They are written before the lead: after it, a copy is a duplicate. */
export const makeKeepAnswers =
  (records: LeadRecords) =>
  async (leadId: string, news: readonly AnswersOf[]): Promise<void> => {
    if (news.length === 0) return;
    await decideAndCommit(records, async () => {
      const loaded = await records.load('answers', leadId);
      const before: Answers = loaded.state ?? {};
      const after = news.reduce((all, { engagement, said }) => changeAnswers(all, engagement, said), before);
      const changes = after === before ? [] : [changeOf('answers', leadId, loaded, { state: after })];
      return { changes, result: undefined };
    });
  };
