import type { Policy } from '../policy/schema.ts';
import { inOrder, type Plan, type PlanMoments, resolvePlan } from './deadline-plan.ts';
import type { Decision } from './decision.ts';
import type { DeadlineName, DeadlinePlan, Handoff, PlannedTier } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import { askedOf } from './handoff-open.ts';
import { calendarOf } from './holder-calendar.ts';
import type { LeadOutline } from './lead-view.ts';
import { type Roster, teamOf } from './roster.ts';
import { earliest, type Instant } from './time.ts';
import { isFresh } from './urgency.ts';

export type ReplanContext = Readonly<{ policy: Policy; roster: Roster; now: Instant }>;

/**
 * Somebody whose handoff is open asks to talk: from then on it is as urgent as one that opened so. Deadlines and tiers
 * only get earlier; what was decided stays decided. An inquiry that was old when it came changes no deadline.
 */
export const replanHot = (
  handoff: Handoff,
  asked: NonNullable<LeadOutline['asked']>,
  askedAt: Instant,
  context: ReplanContext,
): Decision<Handoff> => {
  const known = handoff.asked ?? askedOf(asked);
  if (!isFresh(asked, context.policy))
    return { state: handoff.asked === undefined ? { ...handoff, asked: known } : handoff, facts: [] };
  return hotFrom(handoff, { mql: askedAt, inquiry: asked.occurredAt }, context, known);
};

/**
 * The handoff, as urgent as one that opened as hot at these moments; `asked`: what it knows of a question besides. One
 * that is so already stays as it is.
 */
export const hotFrom = (
  handoff: Handoff,
  moments: PlanMoments,
  { policy, roster, now }: ReplanContext,
  asked = handoff.asked,
): Decision<Handoff> => {
  const settled = settleBreaches(handoff, now);
  const calendar = calendarOf(policy, roster, handoff.team, handoff.holder);
  const resolved = resolvePlan({ sla: policy.sla, priority: 'hot', calendar }, moments);
  const urgent = isManager(handoff, roster) ? withoutReassigning(resolved) : resolved;
  const plan = {
    ...handoff.plan,
    ...earlierDeadline('accept', handoff, urgent),
    ...earlierDeadline('firstContact', handoff, urgent),
  };
  if (handoff.priority === 'hot' && JSON.stringify(plan) === JSON.stringify(handoff.plan)) return settled;
  const answerBy =
    handoff.answerBy === undefined ? undefined : earliest([handoff.answerBy, urgent.accept?.dueAt]);
  const state: Handoff = {
    ...settled.state,
    priority: 'hot',
    ...(asked === undefined ? {} : { asked }),
    plan,
    ...(answerBy === undefined ? {} : { answerBy }),
  };
  const acceptBy = answerBy ?? plan.accept?.dueAt;
  return afterFacts(settled.facts, {
    state,
    facts: [
      {
        type: 'HandoffReplanned',
        leadId: handoff.leadId,
        handoffId: handoff.id,
        at: now,
        priority: 'hot',
        ...(acceptBy === undefined ? {} : { acceptBy }),
      },
    ],
  });
};

const earlierDeadline = (
  name: DeadlineName,
  { plan, priority }: Handoff,
  urgent: Plan,
): Partial<Record<DeadlineName, DeadlinePlan>> => {
  const [before, next] = [plan[name], urgent[name]];
  if (before === undefined || next === undefined) return {};
  const dueAt = earliest([before.dueAt, next.dueAt]) ?? before.dueAt;
  const kept = priority === 'hot' ? before.tiers.filter((tier) => !next.tiers.some(sameAs(tier))) : [];
  const tiers = [...kept, ...next.tiers.map((tier) => earlierTier(tier, before.tiers))];
  return { [name]: { dueAt, tiers: inOrder(tiers) } };
};

/** Nobody takes a handoff away from a manager, nor from the next one, who may have taken it. */
const isManager = ({ team: name, holder }: Handoff, roster: Roster): boolean => {
  const team = teamOf(roster, name);
  return holder !== undefined && (team?.manager === holder || team?.nextManager === holder);
};

const withoutReassigning = ({ accept, ...plan }: Plan): Plan =>
  accept === undefined
    ? plan
    : { ...plan, accept: { ...accept, tiers: accept.tiers.filter((tier) => tier.do !== 'reassign') } };

const earlierTier = (tier: PlannedTier, before: readonly PlannedTier[]): PlannedTier => {
  const same = before.find(sameAs(tier));
  return same !== undefined && same.at < tier.at ? same : tier;
};

const sameAs =
  ({ name }: PlannedTier) =>
  (other: PlannedTier): boolean =>
    other.name === name;
