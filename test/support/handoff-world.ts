import { makeAnswerHandoff } from '../../functions/answer-handoff/answer-handoff.ts';
import { makeManageHandoff } from '../../functions/answer-handoff/manage-handoff.ts';
import { makeOpenHandoff } from '../../functions/open-handoff/open-handoff.ts';
import { makeWatchSla } from '../../functions/watch-sla/watch-sla.ts';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import type { Account } from '../../shared/domain/account.ts';
import { type Handoff, isHeld, type LeadHandoffs } from '../../shared/domain/handoff.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import type { Roster, TeamLoads } from '../../shared/domain/roster.ts';
import type { FactOf, FactType } from '../../shared/events/facts.ts';
import { memoryAggregates, memoryDueIndex, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { publishedDefaultPolicy } from './default-policy.ts';
import { monday } from './handoffs.ts';
import { aLeadView, leadReaderOf } from './lead-views.ts';
import { aRoster } from './roster.ts';

/** Reading it takes longer than a whole story does. */
const byDefault = publishedDefaultPolicy();

/** The functions of the handoff room around one table in memory, a roster, and leads that the test moves about. */
export const handoffWorld = (
  start: Readonly<{ roster?: Roster; policy?: Parameters<typeof publishedDefaultPolicy>[0] }> = {},
) => {
  const table = memoryTable();
  const leads = new Map<string, LeadView>();
  const accounts = new Map<string, Account>();
  const published = start.policy === undefined ? byDefault : publishedDefaultPolicy(start.policy);
  let now = monday;
  const rosterIs = (state: Roster, version: number) =>
    table.items.put({ kind: 'roster', id: 'current', version, facts: [], state });
  const roster = start.roster ?? aRoster();
  rosterIs(roster, 1);

  const ports = {
    aggregates: memoryAggregates<SalesStates>(table),
    leads: leadReaderOf(leads),
    accounts: { account: async (domain: string) => accounts.get(domain) },
    policy: onePolicy(published),
    clock: { now: () => now },
  };
  /** The functions, with some port replaced: another instance, or one that stops. */
  const functions = (overrides: Partial<typeof ports> = {}) => {
    const all = { ...ports, ...overrides };
    return {
      ...makeOpenHandoff(all),
      watch: makeWatchSla(all),
      answer: makeAnswerHandoff(all),
      manage: makeManageHandoff(all),
    };
  };
  const statesOf = <S>(kind: string): S[] =>
    [...table.items.values()].filter((item) => item.kind === kind).map(({ state }) => state as S);

  return {
    table,
    leads,
    accounts,
    ports,
    functions,
    ...functions(),
    now: () => now,
    moveTo: (instant: string) => {
      now = new Date(instant).toISOString();
    },
    /** These are in the roster no longer. */
    leave: (...ids: readonly string[]) =>
      rosterIs({ ...roster, people: roster.people.filter(({ id }) => !ids.includes(id)) }, 2),
    aLead: (overrides: Partial<LeadView> = {}) => {
      const lead = aLeadView({ stageAt: now, ...overrides });
      leads.set(lead.leadId, lead);
      return lead;
    },
    /** What the tick would queue. */
    due: () => memoryDueIndex(table).due(now, 100),
    handoffs: () => statesOf<Handoff>('handoff'),
    leadHandoffs: () => statesOf<LeadHandoffs>('lead-handoffs'),
    told: <T extends FactType>(type: T) =>
      table.stream.filter((fact): fact is FactOf<T> => fact.type === type),
    /** Loads as they are kept, and as they should be. */
    loads: () => {
      const kept: Record<string, number> = {};
      for (const { loads } of statesOf<TeamLoads>('team-loads'))
        for (const [person, load] of Object.entries(loads)) kept[person] = (kept[person] ?? 0) + load;
      const counted: Record<string, number> = {};
      for (const handoff of statesOf<Handoff>('handoff'))
        if (isHeld(handoff)) counted[handoff.holder!] = (counted[handoff.holder!] ?? 0) + 1;
      return { kept, counted };
    },
  };
};

export type HandoffWorld = ReturnType<typeof handoffWorld>;

/** The fact that score-lead tells when a lead becomes an MQL. */
export const becameMql = (
  { leadId, stageAt, asked, hot }: LeadView,
  causeId = 'e-1',
  overrides: Partial<FactOf<'LeadStageChanged'>> = {},
): FactOf<'LeadStageChanged'> => ({
  type: 'LeadStageChanged',
  factId: `lead-${leadId}#1#0`,
  leadId,
  at: stageAt,
  from: 'inquiry',
  to: 'mql',
  cause: { type: 'engagement', id: causeId },
  actor: 'baton',
  reason: asked === undefined ? 'threshold' : 'intent',
  policy: 'default',
  score: 62,
  ...(asked === undefined ? {} : { asked }),
  hot,
  ...overrides,
});

export const movedTo = (
  { leadId, stageAt, stage }: LeadView,
  overrides: Partial<FactOf<'LeadStageChanged'>> = {},
): FactOf<'LeadStageChanged'> => ({
  ...becameMql(aLeadView({ leadId, stageAt })),
  factId: `lead-${leadId}#2#0`,
  from: 'mql',
  to: stage,
  cause: { type: 'due', id: 'd-1' },
  reason: 'cold',
  ...overrides,
});

export const asks = (
  { leadId, stage }: LeadView,
  engagementId: string,
  at: string,
  overrides: Partial<FactOf<'LeadAskedToTalk'>> = {},
): FactOf<'LeadAskedToTalk'> => ({
  type: 'LeadAskedToTalk',
  factId: `lead-${leadId}#3#${engagementId}`,
  leadId,
  at,
  engagementId,
  kind: 'demo-requested',
  occurredAt: at,
  receivedAt: at,
  stage,
  hot: true,
  ...overrides,
});
