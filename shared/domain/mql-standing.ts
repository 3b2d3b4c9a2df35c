import type { Policy } from '../policy/schema.ts';
import { type Assessment, asksToTalk, isHot } from './assessment.ts';
import { engagementRef } from './engagement-ref.ts';
import { wholePoints } from './fold/score.ts';
import type { Lead } from './lead.ts';
import type { Profile } from './profile.ts';
import type { Stage } from './stage.ts';
import type { Instant } from './time.ts';
import type { TimelineEntry } from './timeline.ts';
import type { WholeLead } from './whole-lead.ts';

/** Something that keeps a lead from being an MQL. Points are whole, as they are compared. */
export type Missing = Readonly<
  | { type: 'excluded'; by: string }
  | { type: 'unserved'; country: string }
  | { type: 'ended'; stage: 'disqualified' | 'lost' }
  | { type: 'resting'; until: Instant }
  | { type: 'address' }
  | { type: 'engagement' | 'fit' | 'score'; has: number; needs: number }
  /** Its history is enough, and a person has to let it go on. */
  | { type: 'activation'; since: Instant }
  /** It came in a surge, and a person has to let it go on. */
  | { type: 'surge'; since: Instant }
>;

/** Where a lead stands on the way to an MQL. */
export type MqlStanding = Readonly<
  | { is: 'mql'; by: 'asked' | 'interest' | 'person'; hot: boolean }
  /** Further than that. */
  | { is: 'beyond'; stage: Extract<Stage, 'sal' | 'sql' | 'customer'> }
  /** Nothing missing: the next engagement that earns points, or change of its profile, makes it one. */
  | { is: 'not-yet'; missing: readonly Missing[] }
>;

/** Asking to talk makes an MQL of every lead that is served and not excluded, whatever is missing. */
export const mqlStanding = (
  { lead, timeline, profile }: Omit<WholeLead, 'answers'>,
  assessment: Assessment,
  policy: Policy,
  now: Instant,
): MqlStanding => {
  switch (lead.stage) {
    case 'sal':
    case 'sql':
    case 'customer':
      return { is: 'beyond', stage: lead.stage };
    case 'mql':
      return { is: 'mql', by: madeBy(lead, timeline, policy), hot: isHot(assessment, policy) };
    default:
      return {
        is: 'not-yet',
        missing: [...hindrances(lead, profile, assessment, now), ...shortfalls(profile, assessment, policy)],
      };
  }
};

/** A command that let a waiting lead go on names the engagement that it waited with. */
const madeBy = (
  { mqlCause, manualMoves }: Lead,
  timeline: readonly TimelineEntry[],
  policy: Policy,
): 'asked' | 'interest' | 'person' => {
  if (manualMoves?.some(({ id }) => id === mqlCause?.id)) return 'person';
  const causeId = mqlCause?.id.replace(/^(activate|apply-\d+)-/, '');
  const ref = causeId === undefined ? undefined : engagementRef(causeId);
  const cause = timeline.find(({ id }) => id === ref);
  return cause !== undefined && asksToTalk(cause, policy) ? 'asked' : 'interest';
};

const hindrances = (
  { stage, restUntil, wouldBeMql }: Lead,
  profile: Profile,
  { excluded, unserved }: Assessment,
  now: Instant,
): readonly Missing[] => [
  ...(excluded === undefined ? [] : [{ type: 'excluded' as const, by: excluded }]),
  ...(unserved ? [{ type: 'unserved' as const, country: profile.country?.value ?? '' }] : []),
  ...(stage === 'disqualified' || stage === 'lost' ? [{ type: 'ended' as const, stage }] : []),
  ...(restUntil === undefined || restUntil <= now ? [] : [{ type: 'resting' as const, until: restUntil }]),
  ...(wouldBeMql === undefined
    ? []
    : [{ type: wouldBeMql.held ?? ('activation' as const), since: wouldBeMql.since }]),
];

const shortfalls = (
  { email }: Profile,
  { engagement, fit, score }: Assessment,
  { mql: { threshold } }: Policy,
): readonly Missing[] => {
  const compared = [
    { type: 'engagement', has: wholePoints(engagement), needs: threshold.engagement },
    { type: 'fit', has: wholePoints(fit), needs: threshold.fit },
    { type: 'score', has: score, needs: threshold.score },
  ] as const;
  return [
    ...(email === undefined ? [{ type: 'address' as const }] : []),
    ...compared.filter(({ has, needs }) => has < needs),
  ];
};
