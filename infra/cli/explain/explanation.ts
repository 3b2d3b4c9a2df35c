import { assess } from '../../../shared/domain/assessment.ts';
import { coldAt } from '../../../shared/domain/cold.ts';
import { type JudgedEntry, judgeTimeline } from '../../../shared/domain/judged-timeline.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import { type MqlStanding, mqlStanding } from '../../../shared/domain/mql-standing.ts';
import { type ScoreLine, scoreLines } from '../../../shared/domain/score-lines.ts';
import type { Stage } from '../../../shared/domain/stage.ts';
import { type Instant, latest } from '../../../shared/domain/time.ts';
import type { StoredLead } from './stored-lead.ts';

/** Why a lead has its score at one moment, and what it lacks to be an MQL. */
export type Explanation = Readonly<{
  leadId: string;
  at: Instant;
  /** What is told of stage and profile is of now, while the score is of then. */
  isPast: boolean;
  stage: Stage;
  stageAt: Instant;
  score: number;
  /** Neither rounded. */
  engagement: number;
  fit: number;
  /** Their whole points add up to `score`. */
  lines: readonly ScoreLine[];
  standing: MqlStanding;
  /** When engagement will be below the policy's limit if nothing more happens; absent: it is, or never will be. */
  coldAt?: Instant;
  /** Engagements up to here score nothing. */
  cutOff?: Instant;
  policy: Readonly<{ version: string; hash: string; sequence: number; newerSequence?: number }>;
  /** The newest first. */
  timeline: readonly JudgedEntry[];
}>;

/**
 * `at` absent: `now`, or the last that is known of the lead, where that is later (a local stack's time travels). At an
 * earlier moment only what had happened by then counts.
 */
export const explanationOf = (
  { leadId, lead, profile, policy: published, newerSequence }: StoredLead,
  now: Instant,
  at?: Instant,
): Explanation => {
  const { hash, sequence, policy } = published;
  const newest = lead.timeline.map(({ receivedAt }) => receivedAt);
  const present = latest(now, lead.stageAt, ...newest);
  const asked = at ?? present;
  const isPast = asked < present;
  const then = isPast ? asOf(lead, asked) : lead;
  const assessment = assess(then, profile, policy, asked);
  const timeline = judgeTimeline(then, assessment.payments, policy);
  const cutOff = then.cutOffs.toSorted().at(-1);
  const cold = coldAt(assessment.payments, policy, asked);
  const { score, engagement, fit } = assessment;
  return {
    leadId,
    at: asked,
    isPast,
    stage: lead.stage,
    stageAt: lead.stageAt,
    score,
    engagement,
    fit,
    lines: scoreLines(assessment, timeline, profile, policy, asked),
    standing: mqlStanding(then, profile, assessment, policy, asked),
    ...(cold === undefined || cold <= asked ? {} : { coldAt: cold }),
    ...(cutOff === undefined ? {} : { cutOff }),
    policy: {
      version: policy.version,
      hash,
      sequence,
      ...(newerSequence === undefined ? {} : { newerSequence }),
    },
    timeline: timeline.toReversed(),
  };
};

/** What had happened by then; the stage's history is not kept with the lead. */
const asOf = (lead: Lead, at: Instant): Lead => ({
  ...lead,
  timeline: lead.timeline.filter(({ occurredAt }) => occurredAt <= at),
  cutOffs: lead.cutOffs.filter((cutOff) => cutOff <= at),
});
