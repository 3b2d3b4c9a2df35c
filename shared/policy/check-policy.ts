import { checkCampaigns } from './check-campaigns.ts';
import { checkHandoffRules } from './check-handoff-rules.ts';
import { checkScoring } from './check-scoring.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules } from './schema.ts';

/** What no schema sees: names that nobody bears, numbers given twice, goals that cannot be reached. */
export const checkPolicy = (policy: PolicyRules): readonly PolicyProblem[] => [
  ...checkScoring(policy),
  ...checkHandoffRules(policy),
  ...checkCampaigns(policy),
];
