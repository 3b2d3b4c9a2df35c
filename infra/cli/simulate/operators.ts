import type { Lead } from '../../../shared/domain/lead.ts';
import { hourOf } from '../../../shared/domain/surge.ts';
import { DAY, HOUR, instantOf } from '../../../shared/domain/time.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { FaultySystem } from '../in-process/faulty-system.ts';
import { changesOfStaff } from './changes-of-staff.ts';
import type { SimulatedPolicies } from './simulated-policy.ts';

export type OperatorsStage = Readonly<{
  system: FaultySystem;
  draws: Draws;
  /** Operators act until then; epoch milliseconds. */
  until: number;
  others: SimulatedPolicies['others'];
  /** Hears what they do. */
  onAct: (what: string, kind: string) => void;
  /** Everybody is told to be judged by this publication. */
  onApplied: (sequence: number) => void;
}>;

type Command = Readonly<{ type: string; to: WorkerName; detail: Readonly<Record<string, unknown>> }>;

/** Whoever works with the command line: they look at what there is, and act on it. */
export const operatorsOn = (stage: OperatorsStage): void => {
  const { system, draws, until } = stage;
  const from = system.events.now;
  const sometime = () => draws.whole(from + HOUR, until - HOUR);
  const plan = (probability: number, most: number, act: () => void) => {
    if (!draws.chance(probability)) return;
    for (let i = draws.whole(1, most); i > 0; i--) system.events.at(sometime(), act);
  };
  plan(0.3, 4, () => moveOne(stage));
  plan(0.5, 3, () => activateAll(stage));
  plan(0.35, 2, () => mergeTwo(stage));
  plan(0.25, 2, () => publish(stage));
  plan(0.15, 1, () => surge(stage));
  changesOfStaff(stage, sometime);
};

/** For some hours far more leads of others become MQLs than usual. */
const surge = ({ system, draws, onAct }: OperatorsStage) => {
  const { brake } = system.ports;
  const comeAtOnce = () => {
    for (let i = 0; i < 30; i++) void brake?.pace.add(hourOf(instantOf(system.events.now)), 'held');
  };
  onAct('a surge begins', 'surge');
  for (let hours = draws.whole(1, 48); hours > 0; hours--) system.events.after(hours * HOUR, comeAtOnce);
};

const send = ({ system, draws, onAct }: OperatorsStage, { type, to, detail }: Command) => {
  onAct(`${type} ${String(detail.leadId ?? detail.id)} is sent`, type);
  system.command(to, { type, detail });
  if (draws.chance(0.12))
    system.events.after(draws.skewed(0, 3 * HOUR), () => system.command(to, { type, detail }));
};

const leadsOf = ({ system }: OperatorsStage): readonly Readonly<{ id: string; lead: Lead }>[] =>
  [...system.tables.leads.items.values()].flatMap(({ kind, id, state }) =>
    // This kind has this state.
    kind === 'lead' ? [{ id, lead: state as Lead }] : [],
  );

const moveOne = (stage: OperatorsStage) => {
  const { system, draws } = stage;
  const leads = leadsOf(stage);
  if (leads.length === 0) return;
  const { id: leadId, lead } = draws.pick(leads);
  const isWithSales = lead.stage === 'mql' || lead.stage === 'sal' || lead.stage === 'sql';
  const type = isWithSales === draws.chance(0.9) ? 'DemoteLead' : 'PromoteLead';
  const id = `m-${system.events.now}`;
  send(stage, { type, to: 'advance-lead', detail: { id, leadId, by: 'hanna', reason: 'we have met' } });
};

/** Those that wait, and now and then one that does not. */
const activateAll = (stage: OperatorsStage) => {
  for (const { id: leadId, lead } of leadsOf(stage))
    if (lead.wouldBeMql !== undefined ? stage.draws.chance(0.8) : stage.draws.chance(0.1))
      send(stage, { type: 'ActivateLead', to: 'advance-lead', detail: { leadId, by: 'katja' } });
};

const mergeTwo = (stage: OperatorsStage) => {
  const { system, draws } = stage;
  const leads = leadsOf(stage);
  if (leads.length < 2) return;
  const leadIds = [draws.pick(leads).id, draws.pick(leads).id];
  const id = `merge-${system.events.now}`;
  send(stage, {
    type: 'MergeLeads',
    to: 'advance-lead',
    detail: { id, leadIds, by: 'katja', reason: 'one person' },
  });
};

/** Another policy, or the one before; whoever does so may then have it applied to all leads. */
const publish = (stage: OperatorsStage) => {
  const { system, draws, others, onAct } = stage;
  const versions = system.policies.published();
  const before = versions.at(-2);
  const next = before !== undefined && draws.chance(0.6) ? before : draws.pick(others);
  const { sequence, hash } = system.policies.publish(next);
  onAct(
    `the policy ${hash.slice(0, 8)} is published as ${sequence}`,
    next === before ? 'policy rolled back' : 'policy published',
  );
  if (!draws.chance(0.6)) return;
  system.events.after(draws.skewed(0, DAY), () => {
    const inForce = system.policies.inForce();
    if (draws.chance(0.9) && inForce.sequence !== sequence) return;
    for (const { id: leadId } of leadsOf(stage))
      send(stage, { type: 'ApplyPolicy', to: 'advance-lead', detail: { leadId, by: 'katja', sequence } });
    stage.onApplied(sequence);
  });
};
