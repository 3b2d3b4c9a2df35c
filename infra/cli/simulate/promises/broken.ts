/** Promises that a run counts one by one; `other`: all the rest, each with its words. */
export const promiseNames = [
  'lost',
  'doublePoints',
  'wrongScore',
  'missedEscalations',
  'doubleEscalations',
  'alarmsAfterAnswer',
  'other',
] as const;
export type PromiseName = (typeof promiseNames)[number];

/** One promise that was not kept. `text` names ids only. */
export type Broken = Readonly<{ promise: PromiseName; text: string }>;
