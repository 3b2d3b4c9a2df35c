import type { Policy } from '../policy/schema.ts';
import { exclusionOf, isUnserved } from './exclusion.ts';
import { fitOf } from './fit.ts';
import { isIntent } from './fold/rule-of.ts';
import { wholePoints } from './fold/score.ts';
import { engagementOf } from './fold/tally-score.ts';
import type { Ask, Lead } from './lead.ts';
import type { Profile } from './profile.ts';
import { epochOf, type Instant } from './time.ts';
import type { TimelineEntry } from './timeline.ts';

/** A lead judged by a policy at one moment, by what its engagements add up to. */
export type Assessment = Readonly<{
  /** Neither rounded. */
  engagement: number;
  fit: number;
  /** As shown. */
  score: number;
  /** The latest engagement that asked to talk: of this cycle, or the one that made it an MQL. */
  asked?: Ask;
  /** Why it never becomes an MQL. */
  excluded?: string;
  unserved: boolean;
}>;

export const assess = (lead: Lead, profile: Profile, policy: Policy, now: Instant): Assessment => {
  const engagement = engagementOf(lead.tally, policy, epochOf(now));
  const fit = fitOf(profile, policy);
  const excluded = exclusionOf(profile, policy);
  return {
    engagement,
    fit,
    score: wholePoints(engagement + fit),
    ...(lead.ask === undefined ? {} : { asked: lead.ask }),
    ...(excluded === undefined ? {} : { excluded }),
    unserved: isUnserved(profile, policy),
  };
};

/** An intent signal: the engagement means "talk to me". */
export const asksToTalk = (entry: Pick<TimelineEntry, 'kind' | 'facets'>, policy: Policy): boolean =>
  isIntent(entry, policy);

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

/** Interest, without fit, reaches its part of the criteria. */
export const hasInterest = (lead: Pick<Lead, 'tally'>, policy: Policy, now: Instant): boolean =>
  wholePoints(engagementOf(lead.tally, policy, epochOf(now))) >= policy.mql.threshold.engagement;

/** Urgent by one of the policy's hot rules. `asks`: because of what it does just now. */
export const isHot = (
  { fit, score, asked }: Pick<Assessment, 'fit' | 'score' | 'asked'>,
  { mql }: Policy,
  asks = false,
): boolean =>
  mql.hot.some(
    (hot) =>
      (hot.intent === undefined || hot.intent === (asks || asked !== undefined)) &&
      (hot.fit === undefined || wholePoints(fit) >= hot.fit) &&
      (hot.score === undefined || score >= hot.score),
  );
