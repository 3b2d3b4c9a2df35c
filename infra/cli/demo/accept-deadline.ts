import type { Handoff } from '../../../shared/domain/handoff.ts';
import { earliest, type Instant } from '../../../shared/domain/time.ts';

/** Whether the accept deadline of a handoff has passed without an answer or a withdrawal: then it must be breached. */
export const mustBeBreached = ({ holder, plan, acceptedAt, outcome }: Handoff, now: Instant): boolean => {
  const deadline = plan.accept?.dueAt;
  if (holder === undefined || deadline === undefined || deadline > now) return false;
  const endedAt = earliest([acceptedAt, outcome?.at]);
  return endedAt === undefined || endedAt >= deadline;
};

/** The names of the tiers of its accept deadline that were decided, one entry for each time. */
export const decidedTiers = ({ decided }: Handoff): readonly string[] =>
  decided.flatMap((key) => {
    const [deadline, tier] = key.split(':');
    return deadline === 'accept' && tier !== undefined ? [tier] : [];
  });
