import { assessWhole } from '../../../shared/domain/assess-whole.ts';
import { coldAt } from '../../../shared/domain/cold.ts';
import { scoredTimeline } from '../../../shared/domain/counted.ts';
import { categorySums, engagementAt } from '../../../shared/domain/fold/score.ts';
import { type JudgedEntry, judgeTimeline } from '../../../shared/domain/judged-timeline.ts';
import { type MqlStanding, mqlStanding } from '../../../shared/domain/mql-standing.ts';
import { refoldLead } from '../../../shared/domain/refold-lead.ts';
import { type ScoreLine, scoreLines } from '../../../shared/domain/score-lines.ts';
import type { Stage } from '../../../shared/domain/stage.ts';
import { epochOf, type Instant, instantOf, latest } from '../../../shared/domain/time.ts';
import type { WholeLead } from '../../../shared/domain/whole-lead.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import type { NewerPolicy, StoredLead } from './stored-lead.ts';
import { type UnkeptProperty, unkeptProperties } from './unkept-properties.ts';

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
  /**
   * What the lead keeps as the sum of its engagements, where its timeline adds up to something else: one of them is
   * wrong, and the lines explain the timeline.
   */
  keptEngagement?: number;
  standing: MqlStanding;
  /** When engagement will be below the policy's limit if nothing more happens; absent: it is, or never will be. */
  coldAt?: Instant;
  /** Engagements up to here score nothing. */
  cutOff?: Instant;
  /** Leads that were merged into it, and since when: what they did is its own. */
  absorbed: readonly Readonly<{ leadId: string; at: Instant }>[];
  /** It was cut off after the moment that is asked about: whether it had been before is not known any more. */
  laterCutOff?: Instant;
  /** Rules that ask for what older engagements have not. */
  unkept: readonly UnkeptProperty[];
  policy: Readonly<{ version: string; hash: string; sequence: number; newer?: NewerPolicy }>;
  /** The newest first. */
  timeline: readonly JudgedEntry[];
}>;

/** Above what floats differ by when they are added up in another order. */
const noise = 1e-6;

/**
 * `at` absent: `now`, or the last that is known of the lead, where that is later (a local stack's time travels). At an
 * earlier moment only what had happened by then counts.
 */
export const explanationOf = (stored: StoredLead, now: Instant, at?: Instant): Explanation => {
  const { leadId, lead, profile, policy: published, newer } = stored;
  const { hash, sequence, policy } = published;
  const present = latest(now, lead.stageAt, lastKnownOf(stored));
  const asked = at ?? present;
  const isPast = asked < present;
  const then = isPast ? asOf(stored, asked, published) : stored;
  const assessment = assessWhole(then, policy, asked);
  const { payments, score, engagement, fit } = assessment;
  const judged = judgeTimeline(then, payments, policy);
  const cold = coldAt(categorySums(payments, policy, epochOf(asked)), policy, asked);
  const folded = engagementAt(payments, policy, epochOf(asked));
  const { cutOff } = then.lead;
  const isCutOffLater = cutOff !== lead.cutOff && lead.cutOff !== undefined;
  return {
    leadId,
    at: asked,
    isPast,
    stage: lead.stage,
    stageAt: lead.stageAt,
    score,
    engagement: folded,
    fit,
    lines: scoreLines(assessment, judged, profile, policy, asked),
    ...(Math.abs(folded - engagement) > noise ? { keptEngagement: engagement } : {}),
    standing: mqlStanding(then, assessment, policy, asked),
    ...(cold === undefined || cold <= asked ? {} : { coldAt: cold }),
    ...(cutOff === undefined ? {} : { cutOff }),
    ...(isCutOffLater ? { laterCutOff: lead.cutOff } : {}),
    absorbed: (lead.absorbed ?? []).map(({ id, at: mergedAt }) => ({ leadId: id, at: mergedAt })),
    unkept: unkeptProperties(scoredTimeline(then.lead, then.timeline), policy),
    policy: { version: policy.version, hash, sequence, ...(newer === undefined ? {} : { newer }) },
    timeline: judged.toReversed(),
  };
};

/** When the last engagement happened or came. */
const lastKnownOf = ({ timeline }: Pick<WholeLead, 'timeline'>): Instant =>
  timeline.length === 0
    ? ''
    : instantOf(timeline.reduce((last, { at, receivedAt = at }) => Math.max(last, receivedAt), -Infinity));

/** What had happened by then; the stage's history is not kept with the lead. */
const asOf = (whole: WholeLead, at: Instant, policy: PublishedPolicy): WholeLead => {
  const { cutOff, ...lead } = whole.lead;
  const then = cutOff === undefined || cutOff > at ? lead : whole.lead;
  const timeline = whole.timeline.filter((entry) => entry.at <= epochOf(at));
  return { ...whole, lead: refoldLead(then, timeline, policy), timeline };
};
