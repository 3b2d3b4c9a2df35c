import type { Policy } from '../policy/schema.ts';
import { type Assessment, isHot } from './assessment.ts';
import { verdictOn } from './counted.ts';
import type { Ask, Lead } from './lead.ts';
import { epochOf, type Instant, latest } from './time.ts';

type Asked = Pick<Ask, 'occurredAt' | 'receivedAt'>;

/** An inquiry that was old already when it came is no emergency any more. */
export const isFresh = ({ occurredAt, receivedAt }: Asked, { sla }: Pick<Policy, 'sla'>): boolean =>
  epochOf(receivedAt) - epochOf(occurredAt) <= sla.hotNotOlderThan;

/** Whether what made a lead an MQL opens its handoff as hot. */
export const opensHot = (
  { hot, asked }: Readonly<{ hot: boolean; asked?: Asked | undefined }>,
  policy: Pick<Policy, 'sla'>,
): boolean => hot && (asked === undefined || isFresh(asked, policy));

/**
 * Whether sales is to treat a lead that it has as hot: by the policy's hot rules, for which a question counts as long as
 * it was fresh when sales heard of it. Who is excluded or not served is never hot.
 */
export const isUrgent = (lead: Lead, assessment: Assessment, policy: Policy): boolean => {
  const { fit, score, asked, excluded, unserved } = assessment;
  if (excluded !== undefined || unserved) return false;
  const isHeard = asked !== undefined && isFresh({ ...asked, receivedAt: heardAt(asked, lead) }, policy);
  return isHot(isHeard ? assessment : { fit, score }, policy);
};

/** Of what was asked before the lead became an MQL sales hears only then, and of what did not count once it is released. */
const heardAt = ({ id, receivedAt }: Ask, lead: Lead): Instant =>
  latest(receivedAt, lead.mqlCause?.at ?? receivedAt, verdictOn(lead, id)?.at ?? receivedAt);
