import { leadChange } from '../../shared/commit-handoff.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import type { EventOf } from '../../shared/events/define-event.ts';
import type { leadPriorityChanged } from '../../shared/events/facts.ts';
import { alertOf } from './alert-rep.ts';
import { type OpenHandoffDecision, unchanged } from './follow-stage.ts';
import { keepPriority } from './keep-priority.ts';
import { repToAlert } from './rep-to-alert.ts';
import { loadField, loadScene, type OpenHandoffDeps, type Scene } from './scene.ts';

export type LeadPriorityChanged = EventOf<typeof leadPriorityChanged>;

/**
 * A nudge: the handoff follows what the lead is now. One that is about to buy has none any more, so its rep is told that
 * it has become hot.
 */
export const followPriority = async (
  deps: OpenHandoffDeps,
  fact: LeadPriorityChanged,
): Promise<OpenHandoffDecision> => {
  const scene = await loadScene(deps, fact.leadId, handoffIdOf(fact.leadId, fact.cause.id));
  if (scene === undefined) return { changes: [], result: 'no-such-lead' };
  if (scene.lead.stage === 'sql') return alertOnce(deps, scene, fact);
  const changes = await keepPriority(deps, scene);
  return changes.length === 0 ? unchanged : { changes, result: 'replanned' };
};

/** Once for each time that it becomes hot, and as long as it is. Who asked for it is told of already. */
const alertOnce = async (
  deps: OpenHandoffDeps,
  scene: Scene,
  { at, cause, asks }: LeadPriorityChanged,
): Promise<OpenHandoffDecision> => {
  const { lead, leadHandoffs } = scene;
  const heard = `hot-${at}`;
  // Of a later time another fact tells.
  if (lead.priority?.hot !== true || lead.priority.since !== at) return unchanged;
  if (asks === true || leadHandoffs.state?.heard.includes(heard)) return unchanged;
  const field = await loadField(deps, lead);
  const rep = await repToAlert(deps, scene, field);
  const alert = alertOf(scene, field, {
    rep,
    reason: 'hot',
    ...(cause.type === 'engagement' ? { engagementId: cause.id } : {}),
  });
  const step = { loaded: leadHandoffs, heard: [heard], facts: [alert] };
  return { changes: [leadChange(lead.leadId, step)], result: 'alerted' };
};
