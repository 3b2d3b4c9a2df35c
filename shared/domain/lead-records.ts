import * as v from 'valibot';
import type { Account } from './account.ts';
import type { Answers } from './answers.ts';
import type { Identity } from './identity.ts';
import { once } from './once.ts';
import type { Profile } from './profile.ts';

/** When an engagement without a believable time was received first: that is its time, whichever copy asks. */
export const receiptSchema = once(() => v.object({ receivedAt: v.string() }));
export type Receipt = Readonly<v.InferOutput<ReturnType<typeof receiptSchema>>>;

/**
 * What is kept beside leads, by kind. A profile has its lead's id and so have answers, an account its domain, an identity
 * {@link Identity}'s key, a receipt the ids of lead and engagement.
 */
export type LeadRecordStates = {
  profile: Profile;
  answers: Answers;
  identity: Identity;
  account: Account;
  receipt: Receipt;
};

export const receiptId = (leadId: string, engagementId: string): string => `${leadId}#${engagementId}`;
