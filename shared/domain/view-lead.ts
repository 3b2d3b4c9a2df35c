import type { Policy } from '../policy/schema.ts';
import { assessWhole } from './assess-whole.ts';
import { assess, isHot } from './assessment.ts';
import { evidenceOf } from './lead-evidence.ts';
import { isFollowed } from './lead-priority.ts';
import type { LeadOutline, LeadView } from './lead-view.ts';
import { localeOf } from './locale.ts';
import { companyDomainOf } from './mailbox-domain.ts';
import { namedAsk } from './move-lead.ts';
import { segmentOf } from './segment.ts';
import type { Instant } from './time.ts';
import type { WholeLead } from './whole-lead.ts';

/** A lead judged at `now`, as other rooms see it. `policy`: by which it is scored. */
export const viewLead = (leadId: string, whole: WholeLead, policy: Policy, now: Instant): LeadView => ({
  ...outlineLead(leadId, whole, policy, now),
  evidence: evidenceOf(whole, assessWhole(whole, policy, now), policy, now),
});

/** The same without what it did, for which its own item and its profile are enough. */
export const outlineLead = (
  leadId: string,
  { lead, profile }: Pick<WholeLead, 'lead' | 'profile'>,
  policy: Policy,
  now: Instant,
): LeadOutline => {
  const assessment = assess(lead, profile, policy, now);
  const { score, engagement, fit, excluded, unserved, asked } = assessment;
  const companyDomain = companyDomainOf(profile, policy);
  return {
    leadId,
    ...(lead.absorbed === undefined ? {} : { absorbed: lead.absorbed.map(({ id }) => id) }),
    stage: lead.stage,
    stageAt: lead.stageAt,
    score,
    engagement,
    fit,
    hot: isHot(assessment, policy),
    ...(isFollowed(lead)
      ? { priority: { hot: lead.hot !== undefined, since: lead.hot ?? lead.stageAt } }
      : {}),
    segment: segmentOf(profile, policy),
    ...(excluded === undefined ? {} : { excluded }),
    unserved,
    locale: localeOf(profile.language?.value),
    ...(profile.country === undefined ? {} : { country: profile.country.value }),
    ...(companyDomain === undefined ? {} : { companyDomain }),
    ...(asked === undefined ? {} : { asked: namedAsk(asked) }),
    profile,
  };
};
