import type { Policy } from '../policy/schema.ts';
import { resolvePlan } from './deadline-plan.ts';
import type { Decision } from './decision.ts';
import type { Handoff, Priority } from './handoff.ts';
import { calendarOf } from './holder-calendar.ts';
import type { LeadView } from './lead-view.ts';
import { prefilled } from './prefill.ts';
import type { Roster, Team, TeamLoads } from './roster.ts';
import { holderFor, type Target } from './routing.ts';
import type { Instant } from './time.ts';
import { opensHot } from './urgency.ts';

type Asked = NonNullable<LeadView['asked']>;

/** What makes a lead an MQL. */
export type Opening = Readonly<{
  handoffId: string;
  cause: Handoff['cause'];
  /** The moment of the MQL. */
  mqlAt: Instant;
  hot: boolean;
  asked?: Asked;
}>;

export type OpeningContext = Readonly<{
  lead: LeadView;
  target: Target;
  policy: Policy;
  roster: Roster;
  /** Of the target's team. */
  loads: TeamLoads;
  now: Instant;
}>;

/** Opens a handoff, or records why nobody is to have it. Deadlines count from the MQL, however late it is opened. */
export const openHandoff = (opening: Opening, context: OpeningContext): Decision<Handoff> => {
  const { target } = context;
  return target.type === 'none' ? closedAtOnce(opening, target, context) : offered(opening, target, context);
};

/** Who is told, and who is told next, when somebody does not answer: nobody is told about themselves. */
export const managersOf = ({ manager, nextManager }: Team, holder: string) => ({
  manager: holder === manager ? nextManager : manager,
  nextManager: holder === nextManager ? manager : nextManager,
});

const offered = (
  opening: Opening,
  target: Exclude<Target, { type: 'none' }>,
  { lead, policy, roster, loads, now }: OpeningContext,
): Decision<Handoff> => {
  const { holder, flagged } = holderFor(target, roster, loads, now);
  const priority = priorityOf(opening, policy);
  const calendar = calendarOf(policy, roster, target.team.name, holder);
  const state: Handoff = {
    ...basics(opening, lead, target.route, priority, policy, now),
    status: 'open',
    team: target.team.name,
    holder,
    ...managersOf(target.team, holder),
    flagged,
    plan: resolvePlan({ sla: policy.sla, priority, calendar }, momentsOf(opening)),
  };
  return { state, facts: [opened(state, now)] };
};

const closedAtOnce = (
  opening: Opening,
  target: Extract<Target, { type: 'none' }>,
  { lead, policy, now }: OpeningContext,
): Decision<Handoff> => {
  const state: Handoff = {
    ...basics(opening, lead, target.route, priorityOf(opening, policy), policy, now),
    status: 'closed',
    outcome: { type: 'none', reason: target.route, at: now },
    flagged: false,
    plan: {},
  };
  return {
    state,
    facts: [{ ...opened(state, now), ...(target.tell === undefined ? {} : { told: target.tell }) }],
  };
};

const priorityOf = (opening: Opening, policy: Policy): Priority =>
  opensHot(opening, policy) ? 'hot' : 'normal';

const momentsOf = ({ mqlAt, asked }: Opening) => ({
  mql: mqlAt,
  ...(asked === undefined ? {} : { inquiry: asked.occurredAt }),
});

const basics = (
  { handoffId, cause, mqlAt, asked }: Opening,
  lead: LeadView,
  route: string,
  priority: Priority,
  policy: Policy,
  now: Instant,
) => ({
  id: handoffId,
  leadId: lead.leadId,
  cause,
  priority,
  mqlAt,
  openedAt: now,
  ...(asked === undefined ? {} : { asked: askedOf(asked) }),
  route,
  ...(lead.companyDomain === undefined ? {} : { companyDomain: lead.companyDomain }),
  assignment: 1,
  assignedAt: now,
  previousHolders: [],
  decided: [],
  breachedAt: {},
  qualification: prefilled(lead, policy, now),
  evidence: lead.evidence,
});

export const askedOf = ({ engagementId, kind, occurredAt }: Asked): NonNullable<Handoff['asked']> => ({
  engagementId,
  kind,
  occurredAt,
});

const opened = (
  { id, leadId, holder, team, outcome, route, priority, plan, flagged }: Handoff,
  at: Instant,
) => ({
  type: 'HandoffOpened' as const,
  leadId,
  handoffId: id,
  at,
  ...(holder === undefined ? {} : { holder }),
  ...(team === undefined ? {} : { team }),
  ...(outcome === undefined ? {} : { none: outcome.reason }),
  route,
  priority,
  ...(plan.accept === undefined ? {} : { acceptBy: plan.accept.dueAt }),
  flagged,
});
