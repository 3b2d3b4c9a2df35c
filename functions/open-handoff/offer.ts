import { type HandoffStep, handoffChanges, type SalesChange } from '../../shared/commit-handoff.ts';
import { withdraw } from '../../shared/domain/handoff-close.ts';
import { type Opening, openHandoff } from '../../shared/domain/handoff-open.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import { routeLead } from '../../shared/domain/routing.ts';
import { alertsInPlaceOf } from './alert-rep.ts';
import { type Field, loadField, type OpenHandoffDeps, type Scene } from './scene.ts';

/**
 * Withdraws what the lead still has from before, if anything, and opens a new handoff: in one transaction, with the alert
 * for whoever is told instead of being offered it.
 */
export const offerLead = async (
  deps: OpenHandoffDeps,
  scene: Scene,
  opening: Omit<Opening, 'handoffId'>,
): Promise<readonly SalesChange[]> => {
  const { lead, policy, now, current, own, ownId, leadHandoffs } = scene;
  const field = await loadField(deps, lead);
  const target = routeLead(
    policy.routing,
    routingFacts(lead, field, opening.asked !== undefined),
    field.roster,
  );
  const loads =
    target.type === 'none' ? undefined : (await deps.aggregates.load('team-loads', target.team.name)).state;
  const opened = openHandoff(
    { ...opening, handoffId: ownId },
    { lead, target, policy, roster: field.roster, loads: loads ?? { loads: {} }, now },
  );
  const steps: HandoffStep[] = [{ loaded: own, next: opened.state, facts: opened.facts }];
  if (current !== undefined) {
    const ended = withdraw(current.state, 'superseded', now);
    steps.unshift({ loaded: current, next: ended.state, facts: ended.facts });
  }
  const facts = alertsInPlaceOf(target, scene, field, opening);
  return handoffChanges(deps.aggregates, steps, now, { loaded: leadHandoffs, facts });
};

/** The lead went another way: what it has is taken back. Nothing, if it has nothing. */
export const takeBack = async (
  { aggregates }: OpenHandoffDeps,
  { current, leadHandoffs, now }: Scene,
  reason: string,
): Promise<readonly SalesChange[]> => {
  if (current === undefined) return [];
  const { state, facts } = withdraw(current.state, reason, now);
  return handoffChanges(aggregates, [{ loaded: current, next: state, facts }], now, { loaded: leadHandoffs });
};

/** Sales works with leads in these stages; in any other a handoff has no purpose. */
export const isWithSales = ({ stage }: LeadView): boolean => stage === 'mql' || stage === 'sal';

/** It was opened for an earlier time as an MQL, and nobody has taken it back yet. */
export const isLeftOver = ({ lead, current }: Scene): boolean =>
  current !== undefined && lead.stage === 'mql' && current.state.mqlAt < lead.stageAt;

export const routingFacts = (lead: LeadView, { account, companyRep }: Field, intent: boolean) => ({
  lead,
  intent,
  ...(account === undefined ? {} : { account }),
  ...(companyRep === undefined ? {} : { companyRep }),
});
