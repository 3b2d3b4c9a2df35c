import type { Fact } from '../events/facts.ts';
import type { Policy } from '../policy/schema.ts';
import { type Assessment, asksToTalk, isHot } from './assessment.ts';
import type { Lead, TimelineEntry } from './lead.ts';
import { askOf, type LeadContext } from './move-lead.ts';

/** What others hear of engagements that count from now on: who asked to talk, and what campaigns start with. */
export const factsOfEngagements = (
  engagements: readonly TimelineEntry[],
  lead: Lead,
  assessment: Assessment,
  context: LeadContext,
): readonly Fact[] => [...asked(engagements, lead, assessment, context), ...engaged(engagements, context)];

const asked = (
  fresh: readonly TimelineEntry[],
  { stage }: Lead,
  assessment: Assessment,
  { leadId, now, policy }: LeadContext,
): readonly Fact[] =>
  fresh
    .filter((entry) => asksToTalk(entry, policy.policy))
    .map((entry) => ({
      type: 'LeadAskedToTalk',
      leadId,
      at: now,
      ...askOf(entry),
      stage,
      hot: isHot(assessment, policy.policy, true),
    }));

const engaged = (fresh: readonly TimelineEntry[], { leadId, now, policy }: LeadContext): readonly Fact[] => {
  const starting = startingKinds(policy.policy);
  return fresh
    .filter(({ kind }) => starting.has(kind))
    .map(({ id, kind, occurredAt }) => ({
      type: 'LeadEngaged',
      leadId,
      at: now,
      engagementId: id,
      kind,
      occurredAt,
    }));
};

/** Kinds of engagement that some campaign starts with. */
const startingKinds = ({ campaigns }: Policy): ReadonlySet<string> =>
  new Set(Object.values(campaigns).flatMap(({ start }) => (start.on === 'engagement' ? start.kind : [])));
