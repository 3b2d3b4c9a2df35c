import { handoffChanges, type SalesChange } from '../../shared/commit-handoff.ts';
import { followLead } from '../../shared/domain/handoff-priority.ts';
import { isLeftOver, isWithSales } from './offer.ts';
import type { OpenHandoffDeps, Scene } from './scene.ts';

/**
 * Makes the lead's handoff as urgent as the lead is by what sales was last told of it. Nothing, if it is so already, or if
 * there is none. Who asked to talk while it was open is not cooled by points.
 */
export const keepPriority = async (
  { aggregates }: OpenHandoffDeps,
  scene: Scene,
): Promise<readonly SalesChange[]> => {
  const { lead, current, leadHandoffs, policy, now } = scene;
  if (current === undefined || lead.priority === undefined) return [];
  if (!isWithSales(lead) || isLeftOver(scene)) return [];
  if (!lead.priority.hot && hasAskedHere(scene)) return [];
  const roster = (await aggregates.load('roster', 'current')).state ?? { people: [], teams: [] };
  const { state: next, facts } = followLead(current.state, lead.priority, { policy, roster, now });
  if (next === current.state) return [];
  // Together with what was heard: nobody asks in between.
  return handoffChanges(aggregates, [{ loaded: current, next, facts }], now, { loaded: leadHandoffs });
};

const hasAskedHere = ({ lead: { asked }, leadHandoffs }: Scene): boolean =>
  asked !== undefined && leadHandoffs.state?.heard.includes(asked.engagementId) === true;
