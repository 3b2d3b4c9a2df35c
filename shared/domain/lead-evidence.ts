import type { Policy } from '../policy/schema.ts';
import { countedAnswers } from './answers.ts';
import type { WholeAssessment } from './assess-whole.ts';
import { countedTimeline } from './counted.ts';
import { explainScore } from './explain-score.ts';
import { ruleOf } from './fold/rule-of.ts';
import type { Evidence } from './handoff.ts';
import type { Localised } from './locale.ts';
import { type Instant, instantOf } from './time.ts';
import type { WholeLead } from './whole-lead.ts';

const mostActivities = 10;

/** What a rep should know: why now, what happened last, what the lead wrote (the latest of each field). */
export const evidenceOf = (
  { lead, timeline, profile, answers }: WholeLead,
  assessment: WholeAssessment,
  policy: Policy,
  now: Instant,
): Evidence => ({
  score: assessment.score,
  engagement: assessment.engagement,
  fit: assessment.fit,
  reasons: [...explainScore(assessment, profile, policy, now)],
  activities: countedTimeline(lead, timeline)
    .slice(-mostActivities)
    .reverse()
    .map(({ kind, facets, at, origin }) => ({
      label: ruleOf({ kind, ...(facets === undefined ? {} : { facets }) }, policy)?.label ?? plain(kind),
      occurredAt: instantOf(at),
      ...(facets?.asset === undefined ? {} : { asset: String(facets.asset) }),
      ...(origin === undefined ? {} : { origin }),
    })),
  answers: countedAnswers(answers, lead),
});

/** A kind that no rule knows still reads as words. */
const plain = (kind: string): Localised => {
  const words = kind.replaceAll('-', ' ');
  return { en: words, de: words };
};
