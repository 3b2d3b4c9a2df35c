import type { Instant } from '../../../shared/domain/time.ts';
import type { AnswerRecorded } from '../import/answer-recorded.ts';

export type RecordedAnswer = Readonly<AnswerRecorded>;

/** How long somebody waited, by the records: no policy changes it. */
export type RecordedWait = Readonly<{
  /** The engagement that offered the lead to sales. */
  engagementId: string;
  offeredAt: Instant;
  /** When it was first accepted or rejected; absent: never. */
  answeredAt?: Instant;
}>;

type Offer = Readonly<{ engagementId: string; at: Instant }>;

/**
 * Which answers count: of each offer the first of a kind, given at or after it. Both come in the order of time; an offer
 * that is told twice counts once, at its earliest.
 */
export const recordedWaits = (
  offers: readonly Offer[],
  answers: readonly RecordedAnswer[],
): Readonly<{ waits: readonly RecordedWait[]; answers: readonly RecordedAnswer[] }> => {
  const offeredAt = new Map<string, Instant>();
  for (const { engagementId, at } of offers)
    if (!offeredAt.has(engagementId)) offeredAt.set(engagementId, at);

  const answeredAt = new Map<string, Instant>();
  const said = new Set<string>();
  const counting = answers.filter(({ engagementId, at, answer: { type } }) => {
    const offer = offeredAt.get(engagementId);
    const key = `${type} ${engagementId}`;
    if (offer === undefined || at < offer || said.has(key)) return false;
    said.add(key);
    if ((type === 'accept' || type === 'reject') && !answeredAt.has(engagementId))
      answeredAt.set(engagementId, at);
    return true;
  });

  const waits = [...offeredAt].map(([engagementId, offer]) => {
    const answered = answeredAt.get(engagementId);
    return { engagementId, offeredAt: offer, ...(answered === undefined ? {} : { answeredAt: answered }) };
  });
  return { waits, answers: counting };
};
