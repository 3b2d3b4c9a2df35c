import type { Policy } from '../policy/schema.ts';
import type { Assessment } from './assessment.ts';
import { countedTimeline } from './counted.ts';
import { explainScore } from './explain-score.ts';
import { answersOf } from './facets.ts';
import { ruleOf } from './fold/rule-of.ts';
import type { Evidence } from './handoff.ts';
import type { Lead } from './lead.ts';
import type { Localised } from './locale.ts';
import type { Profile } from './profile.ts';
import type { Instant } from './time.ts';

const mostActivities = 10;

/** What a rep should know: why now, what happened last, what the lead wrote (the latest of each field). */
export const evidenceOf = (
  lead: Lead,
  profile: Profile,
  assessment: Assessment,
  policy: Policy,
  now: Instant,
): Evidence => ({
  score: assessment.score,
  engagement: assessment.engagement,
  fit: assessment.fit,
  reasons: [...explainScore(assessment, profile, policy, now)],
  activities: countedTimeline(lead)
    .slice(-mostActivities)
    .reverse()
    .map(({ kind, facets, occurredAt, origin }) => ({
      label:
        ruleOf({ kind, ...(facets === undefined ? {} : { facets }) }, policy.scoring.rules)?.label ??
        plain(kind),
      occurredAt,
      ...(facets?.asset === undefined ? {} : { asset: String(facets.asset) }),
      ...(origin === undefined ? {} : { origin }),
    })),
  answers: Object.assign({}, ...countedTimeline(lead).map(({ facets }) => answersOf(facets))),
});

/** A kind that no rule knows still reads as words. */
const plain = (kind: string): Localised => {
  const words = kind.replaceAll('-', ' ');
  return { en: words, de: words };
};
