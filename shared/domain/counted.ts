import type { Lead, TimelineEntry } from './lead.ts';
import { letsCount, type Verdict } from './verdict.ts';

type Judged = Pick<Lead, 'timeline' | 'verdicts'>;

/** The verdict in force on an engagement; it may be there before the engagement is. */
export const verdictOn = ({ verdicts }: Pick<Lead, 'verdicts'>, engagementId: string): Verdict | undefined =>
  verdicts?.find((verdict) => verdict.engagementId === engagementId);

/** The engagements that count: neither held nor voided. Everything that is scored, asked or shown to sales begins here. */
export const countedTimeline = ({ timeline, verdicts = [] }: Judged): readonly TimelineEntry[] => {
  const out = new Set(
    verdicts.filter((verdict) => !letsCount(verdict)).map(({ engagementId }) => engagementId),
  );
  return out.size === 0 ? timeline : timeline.filter(({ id }) => !out.has(id));
};
