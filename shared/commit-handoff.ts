import { changeOf } from './commit.ts';
import { type Handoff, type HandoffStates, isHeld, type LeadHandoffs } from './domain/handoff.ts';
import { nextDueOf } from './domain/handoff-tiers.ts';
import type { RosterStates } from './domain/roster.ts';
import { type LoadChange, loadChangesOf, withChanges } from './domain/team-load-changes.ts';
import { type Fact, stampFacts } from './events/facts.ts';
import type { Aggregates, Change, Loaded } from './ports.ts';

/** All that a handoff may change together with. */
export type SalesStates = HandoffStates & RosterStates;
export type SalesChange = Change<keyof SalesStates & string>;

/** One handoff as loaded, and what was decided about it. */
export type HandoffStep = Readonly<{
  loaded: Loaded<Handoff>;
  next: Handoff;
  facts: readonly Fact[];
}>;

/** Which handoff the lead has, as the decision saw it; and what was heard and told beside the handoff. */
export type LeadStep = Readonly<{
  loaded: Loaded<LeadHandoffs>;
  /** Engagements that asked to talk. */
  heard?: readonly string[];
  facts?: readonly Fact[];
}>;

/** Answers that the lead has to follow. */
const followed: ReadonlySet<Fact['type']> = new Set([
  'HandoffAccepted',
  'HandoffRejected',
  'HandoffQualified',
  'HandoffPulledBack',
]);

/**
 * The handoff alone while only its tiers and dates change. Opening, reassigning and closing take along what must agree
 * with it: which handoff its lead has, the loads of its teams, and who deals with its company.
 * `lead` is what the decision was taken on; where it is left out it is read now.
 */
export const handoffChanges = async (
  aggregates: Aggregates<SalesStates>,
  steps: readonly HandoffStep[],
  now: string,
  lead?: LeadStep,
): Promise<readonly SalesChange[]> => {
  const changes: SalesChange[] = steps.map(handoffChange);
  const loads = steps.flatMap(({ loaded, next }) => loadChangesOf(loaded.state, next));
  changes.push(...(await loadChanges(aggregates, loads)));
  for (const step of steps) changes.push(...(await companyChange(aggregates, step, now)));
  const leadId = steps[0]?.next.leadId;
  if (leadId !== undefined && (lead !== undefined || steps.some(opensOrCloses)))
    changes.push(
      leadChange(leadId, lead ?? { loaded: await aggregates.load('lead-handoffs', leadId) }, steps),
    );
  return changes;
};

/** What the lead's item says after these steps; without any, only what was heard. */
export const leadChange = (
  leadId: string,
  { loaded, heard = [], facts = [] }: LeadStep,
  steps: readonly HandoffStep[] = [],
): SalesChange =>
  changeOf('lead-handoffs', leadId, loaded, { state: leadState(loaded.state, steps, heard), facts });

const handoffChange = ({ loaded, next, facts }: HandoffStep): SalesChange => {
  const answer = stampFacts(`handoff-${next.id}`, loaded.version + 1, facts).findLast(({ type }) =>
    followed.has(type),
  );
  const state = answer === undefined ? next : { ...next, unconfirmed: JSON.stringify(answer) };
  return changeOf('handoff', next.id, loaded, { state, facts, ...handoffTimes(state) });
};

/** When the tick is to look at a handoff next, and since when its lead has been waiting for an answer. */
export const handoffTimes = (handoff: Handoff): Readonly<{ dueAt?: string; openSince?: string }> => {
  const dueAt = nextDueOf(handoff);
  return {
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(handoff.status === 'open' ? { openSince: handoff.mqlAt } : {}),
  };
};

const opensOrCloses = ({ loaded, next }: HandoffStep): boolean =>
  loaded.state === undefined || (loaded.state.status !== 'closed') !== (next.status !== 'closed');

const loadChanges = async (
  aggregates: Aggregates<SalesStates>,
  changes: readonly LoadChange[],
): Promise<readonly SalesChange[]> => {
  const teams = [...new Set(changes.map(({ team }) => team))];
  return Promise.all(
    teams.map(async (team) => {
      const loaded = await aggregates.load('team-loads', team);
      const state = withChanges(
        loaded.state ?? { loads: {} },
        changes.filter((change) => change.team === team),
      );
      return changeOf('team-loads', team, loaded, { state });
    }),
  );
};

/** Colleagues go to whoever got the company's last handoff. */
const companyChange = async (
  aggregates: Aggregates<SalesStates>,
  { loaded: { state: before }, next }: HandoffStep,
  now: string,
): Promise<readonly SalesChange[]> => {
  if (next.companyDomain === undefined || next.holder === undefined || !isHeld(next)) return [];
  if (before?.holder === next.holder) return [];
  const loaded = await aggregates.load('company-rep', next.companyDomain);
  if (loaded.state?.rep === next.holder) return [];
  return [changeOf('company-rep', next.companyDomain, loaded, { state: { rep: next.holder, at: now } })];
};

const heardAtMost = 50;

const leadState = (
  before: LeadHandoffs | undefined,
  steps: readonly HandoffStep[],
  heard: readonly string[],
): LeadHandoffs => {
  let { current, last }: Partial<LeadHandoffs> = before ?? {};
  for (const { loaded, next } of steps) {
    if (next.status !== 'closed') current = next.id;
    else if (current === next.id) current = undefined;
    if (loaded.state === undefined) last = next.id;
  }
  return {
    ...(current === undefined ? {} : { current }),
    ...(last === undefined ? {} : { last }),
    heard: [...(before?.heard ?? []), ...heard].slice(-heardAtMost),
  };
};
