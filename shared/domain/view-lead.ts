import type { Policy } from '../policy/schema.ts';
import { assess, isHot } from './assessment.ts';
import type { Lead } from './lead.ts';
import { evidenceOf } from './lead-evidence.ts';
import type { LeadView } from './lead-view.ts';
import { localeOf } from './locale.ts';
import { companyDomainOf } from './mailbox-domain.ts';
import { askOf } from './move-lead.ts';
import type { Profile } from './profile.ts';
import { segmentOf } from './segment.ts';
import type { Instant } from './time.ts';

/** A lead judged by a policy at `now`, as other rooms see it. */
export const viewLead = (
  leadId: string,
  lead: Lead,
  profile: Profile,
  policy: Policy,
  now: Instant,
): LeadView => {
  const assessment = assess(lead, profile, policy, now);
  const { score, engagement, fit, excluded, unserved, asked } = assessment;
  const companyDomain = companyDomainOf(profile, policy);
  return {
    leadId,
    stage: lead.stage,
    stageAt: lead.stageAt,
    score,
    engagement,
    fit,
    hot: isHot(assessment, policy),
    segment: segmentOf(profile, policy),
    ...(excluded === undefined ? {} : { excluded }),
    unserved,
    locale: localeOf(profile.language?.value),
    ...(profile.country === undefined ? {} : { country: profile.country.value }),
    ...(companyDomain === undefined ? {} : { companyDomain }),
    ...(asked === undefined ? {} : { asked: askOf(asked) }),
    evidence: evidenceOf(lead, profile, assessment, policy, now),
    profile,
  };
};
