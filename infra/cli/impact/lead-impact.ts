import { assessWhole } from '../../../shared/domain/assess-whole.ts';
import { assess, isHot } from '../../../shared/domain/assessment.ts';
import { isCold } from '../../../shared/domain/cold.ts';
import { scoredTimeline } from '../../../shared/domain/counted.ts';
import type { DecidingPolicy } from '../../../shared/domain/decided-with.ts';
import { explainScore } from '../../../shared/domain/explain-score.ts';
import { readProperties, scoringKey } from '../../../shared/domain/fold/scoring-index.ts';
import { refoldLead } from '../../../shared/domain/refold-lead.ts';
import type { Stage } from '../../../shared/domain/stage.ts';
import { refusalOf } from '../../../shared/domain/stage-moves.ts';
import { type Instant, latest } from '../../../shared/domain/time.ts';
import { type TimelineEntry, wholeSpan } from '../../../shared/domain/timeline.ts';
import { awaited } from '../../../shared/domain/would-be-mql.ts';
import type { LeadStore } from '../../../shared/ports.ts';
import { type UnkeptProperty, unkeptProperties } from '../explain/unkept-properties.ts';
import type { HeadAndProfile } from './judged-leads.ts';

/** What another policy makes of one lead, with nothing new happening. */
export type LeadImpact = Readonly<{
  leadId: string;
  stage: Stage;
  /** As shown. */
  score: Readonly<{ from: number; to: number }>;
  /** It would be an MQL if the policy was applied, or with its next engagement that earns points. */
  mql?: Readonly<{
    by: 'asked' | 'interest';
    /** It qualifies by the policy that it has, too, and has not moved: nothing new happened since. */
    already: boolean;
    /** The strongest three. */
    reasons: readonly Readonly<{ label: string; points: number }>[];
  }>;
  /** Without an open handoff it would be recycled. */
  cold: boolean;
  /** Of MQLs, and those that would be. */
  hot: 'becomes' | 'no-longer' | 'as-before';
  /** It waits for `baton activate` or `baton surge release`, and goes on to. */
  waits: boolean;
  /** What its engagements add up to is counted anew. */
  refolded: boolean;
  /** What rules read now, and did not before: engagements that are kept cannot have it. */
  unkept: readonly UnkeptProperty[];
}>;

const reasonsShown = 3;

/** `before`: by which the lead is judged today. */
export const makeLeadImpact =
  (leads: Pick<LeadStore, 'timeline'>, next: DecidingPolicy, asked: Instant) =>
  async ({ leadId, loaded, lead, profile }: HeadAndProfile, before: DecidingPolicy): Promise<LeadImpact> => {
    // A local stack's time travels.
    const now = latest(asked, lead.stageAt);
    let read: Promise<readonly TimelineEntry[]> | undefined;
    const timeline = () => {
      read ??= leads.timeline(leadId, loaded, wholeSpan);
      return read;
    };
    const refolded = lead.policy.scoring !== scoringKey(next.policy);
    const after = refolded ? refoldLead(lead, await timeline(), next) : lead;
    const [was, is] = [assess(lead, profile, before.policy, now), assess(after, profile, next.policy, now)];
    const context = { leadId, profile, now };
    const waits = lead.wouldBeMql !== undefined;
    const release = waits ? undefined : awaited(after, { ...context, policy: next });
    const isMql = release !== undefined || lead.stage === 'mql';
    const wasHot = lead.stage === 'mql' && isHot(was, before.policy);
    const willBeHot = isMql && isHot(is, next.policy);
    return {
      leadId,
      stage: lead.stage,
      score: { from: was.score, to: is.score },
      ...(release === undefined
        ? {}
        : {
            mql: {
              by: release.by,
              already: awaited(lead, { ...context, policy: before }) !== undefined,
              reasons: explainScore(
                assessWhole({ lead: after, timeline: await timeline(), profile }, next.policy, now),
                profile,
                next.policy,
                now,
              )
                .slice(0, reasonsShown)
                .map(({ label, points }) => ({ label: label.en, points })),
            },
          }),
      cold:
        refusalOf(lead, 'cold', 'recycled', now) === undefined &&
        isCold(is.engagement, next.policy) &&
        !isCold(was.engagement, before.policy),
      hot: willBeHot === wasHot ? 'as-before' : willBeHot ? 'becomes' : 'no-longer',
      waits,
      refolded,
      unkept: refolded
        ? unkeptProperties(scoredTimeline(after, await timeline()), next.policy).filter(
            ({ kind, property }) => !readProperties(kind, before.policy).has(property),
          )
        : [],
    };
  };
