import type { Fact } from '../events/facts.ts';
import type { Policy } from '../policy/schema.ts';
import { type Arrival, askOf } from './arrival.ts';
import { type Assessment, isHot } from './assessment.ts';
import type { Lead } from './lead.ts';
import { type LeadContext, namedAsk } from './move-lead.ts';
import { instantOf } from './time.ts';

/** What others hear of engagements that count from now on: who asked to talk (`asking`), and what campaigns start with. */
export const factsOfEngagements = (
  engagements: readonly Arrival[],
  asking: ReadonlySet<string>,
  lead: Lead,
  assessed: () => Assessment,
  context: LeadContext,
): readonly Fact[] => {
  const starts = engaged(engagements, context);
  return asking.size === 0 ? starts : [...asked(engagements, asking, lead, assessed, context), ...starts];
};

const asked = (
  fresh: readonly Arrival[],
  asking: ReadonlySet<string>,
  { stage }: Lead,
  assessed: () => Assessment,
  { leadId, now, policy }: LeadContext,
): readonly Fact[] =>
  fresh
    .filter(({ id }) => asking.has(id))
    .map((entry) => ({
      type: 'LeadAskedToTalk',
      leadId,
      at: now,
      ...namedAsk(askOf(entry)),
      stage,
      hot: isHot(assessed(), policy.policy, true),
    }));

const engaged = (fresh: readonly Arrival[], { leadId, now, policy }: LeadContext): readonly Fact[] => {
  const kinds = startingKinds(policy.policy);
  if (!fresh.some(({ kind }) => kinds.has(kind))) return none;
  return fresh
    .filter(({ kind }) => kinds.has(kind))
    .map(({ engagementId, kind, at }) => ({
      type: 'LeadEngaged',
      leadId,
      at: now,
      engagementId,
      kind,
      occurredAt: instantOf(at),
    }));
};

const none: readonly Fact[] = [];

const starting = new WeakMap<Policy, ReadonlySet<string>>();

/** Kinds of engagement that some campaign starts with. Found once for each policy object: a policy does not change. */
const startingKinds = (policy: Policy): ReadonlySet<string> => {
  const known = starting.get(policy);
  if (known !== undefined) return known;
  const kinds = new Set(
    Object.values(policy.campaigns).flatMap(({ start }) => (start.on === 'engagement' ? start.kind : [])),
  );
  starting.set(policy, kinds);
  return kinds;
};
