import type { Instant } from '../../../shared/domain/time.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { describeAnswers } from './describe-answers.ts';
import { describeCampaigns } from './describe-campaigns.ts';
import { describeCriteria } from './describe-criteria.ts';
import { describeDeadlines } from './describe-deadlines.ts';
import { describeQualification } from './describe-qualification.ts';
import { describeRoutes } from './describe-routes.ts';
import { describeScoring } from './describe-scoring.ts';
import { describeSegments } from './describe-segments.ts';
import { describeTargets } from './target-chain.ts';

export type Section = Readonly<{ title: string; lines: readonly string[] }>;

/** What a policy means, in words. */
export const describePolicy = (policy: Policy, now: Instant): readonly Section[] => [
  { title: 'Score', lines: describeScoring(policy) },
  { title: 'MQL', lines: describeCriteria(policy) },
  { title: 'Segments (the first that fits)', lines: describeSegments(policy) },
  { title: 'Who gets the lead (the first that fits)', lines: describeRoutes(policy) },
  { title: 'Deadlines', lines: describeDeadlines(policy, now) },
  { title: 'Qualification', lines: describeQualification(policy) },
  { title: 'Rejected', lines: describeAnswers(policy) },
  { title: 'Mails', lines: describeCampaigns(policy) },
  { title: 'Targets', lines: describeTargets(policy.targets) },
];
