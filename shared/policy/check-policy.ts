import { checkCampaigns } from './check-campaigns.ts';
import { checkCriteria } from './check-criteria.ts';
import { checkDeadlines } from './check-deadlines.ts';
import { checkHandoffRules } from './check-handoff-rules.ts';
import { checkMail } from './check-mail.ts';
import { checkProfileRules } from './check-profile-rules.ts';
import { checkQualification } from './check-qualification.ts';
import { checkScoring } from './check-scoring.ts';
import { checkTargets } from './check-targets.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules } from './schema.ts';

/** What no schema sees: names that nobody bears, numbers given twice, goals that cannot be reached. */
export const checkPolicy = (policy: PolicyRules): readonly PolicyProblem[] =>
  [
    checkProfileRules,
    checkScoring,
    checkCriteria,
    checkQualification,
    checkDeadlines,
    checkHandoffRules,
    checkMail,
    checkCampaigns,
    checkTargets,
  ].flatMap((check) => check(policy));
