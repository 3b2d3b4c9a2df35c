import type { StampedFact } from '../events/facts.ts';
import type { Policy } from '../policy/schema.ts';
import type { LeadOutline } from './lead-view.ts';
import type { Stage } from './stage.ts';

/** Where a lead stands that has not followed an answer yet. */
const before: Readonly<Partial<Record<StampedFact['type'], readonly Stage[]>>> = {
  HandoffAccepted: ['mql'],
  HandoffRejected: ['mql', 'sal', 'sql'],
  HandoffQualified: ['mql', 'sal'],
  HandoffPulledBack: ['mql', 'sal'],
};

/**
 * Whether a lead has followed the answer to its handoff, or no longer needs to: it has moved since, it is gone, or the
 * answer moves nobody.
 */
export const hasFollowed = (
  answer: StampedFact,
  lead: Pick<LeadOutline, 'stage' | 'stageAt'> | undefined,
  { reject }: Pick<Policy, 'reject'>,
): boolean => {
  if (lead === undefined || lead.stageAt >= answer.at) return true;
  if (answer.type === 'HandoffRejected' && movesNobody(answer.reason, reject)) return true;
  return !before[answer.type]?.includes(lead.stage);
};

/** Only another rep is to look at it. A reason that the policy no longer has moves the lead as well as it can. */
const movesNobody = (reason: string, reasons: Policy['reject']): boolean =>
  reasons.find((candidate) => candidate.reason === reason)?.do === 'reroute';
