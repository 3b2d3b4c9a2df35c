import type { Policy } from '../policy/schema.ts';
import { countedTimeline } from './counted.ts';
import { exclusionOf, isUnserved } from './exclusion.ts';
import { fitOf } from './fit.ts';
import { type Payment, paymentsOf } from './fold/payments.ts';
import { ruleOf } from './fold/rule-of.ts';
import { engagementAt, wholePoints } from './fold/score.ts';
import { type Lead, lastCutOff, type TimelineEntry } from './lead.ts';
import type { Profile } from './profile.ts';
import { epochOf, type Instant } from './time.ts';

/** A lead judged by a policy at one moment. */
export type Assessment = Readonly<{
  payments: readonly Payment[];
  /** Neither rounded. */
  engagement: number;
  fit: number;
  /** As shown. */
  score: number;
  /** The latest engagement that asked to talk: of this cycle, or the one that made it an MQL. */
  asked?: TimelineEntry;
  /** Why it never becomes an MQL. */
  excluded?: string;
  unserved: boolean;
}>;

export const assess = (lead: Lead, profile: Profile, policy: Policy, now: Instant): Assessment => {
  const payments = paymentsOf(countedTimeline(lead), lastCutOff(lead), policy);
  const engagement = engagementAt(payments, policy, epochOf(now));
  const fit = fitOf(profile, policy);
  const asked = latestAsk(lead, policy);
  const excluded = exclusionOf(profile, policy);
  return {
    payments,
    engagement,
    fit,
    score: wholePoints(engagement + fit),
    ...(asked === undefined ? {} : { asked }),
    ...(excluded === undefined ? {} : { excluded }),
    unserved: isUnserved(profile, policy),
  };
};

/** An intent signal: the engagement means "talk to me". */
export const asksToTalk = (entry: TimelineEntry, { scoring }: Policy): boolean =>
  ruleOf(entry, scoring.rules)?.intent === true;

const latestAsk = (lead: Lead, policy: Policy): TimelineEntry | undefined => {
  const cutOff = lastCutOff(lead);
  const madeMql = lead.stage === 'mql' ? lead.mqlCause?.id : undefined;
  return countedTimeline(lead).findLast(
    (entry) => (entry.occurredAt > cutOff || entry.id === madeMql) && asksToTalk(entry, policy),
  );
};

/** Interest and fit reach the criteria, compared as whole points, and it is known whom to write to. */
export const meetsThreshold = (
  { engagement, fit, score }: Assessment,
  profile: Profile,
  { mql: { threshold } }: Policy,
): boolean =>
  profile.email !== undefined &&
  score >= threshold.score &&
  wholePoints(engagement) >= threshold.engagement &&
  wholePoints(fit) >= threshold.fit;

/** Urgent by one of the policy's hot rules. `asks`: because of what it does just now. */
export const isHot = ({ fit, score, asked }: Assessment, { mql }: Policy, asks = false): boolean =>
  mql.hot.some(
    (hot) =>
      (hot.intent === undefined || hot.intent === (asks || asked !== undefined)) &&
      (hot.fit === undefined || wholePoints(fit) >= hot.fit) &&
      (hot.score === undefined || score >= hot.score),
  );
