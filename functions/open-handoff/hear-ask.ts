import { handoffChanges, type LeadStep, leadChange } from '../../shared/commit-handoff.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import { replanHot } from '../../shared/domain/handoff-replan.ts';
import { latest } from '../../shared/domain/time.ts';
import { hasFollowed } from '../../shared/domain/unfollowed.ts';
import type { EventOf } from '../../shared/events/define-event.ts';
import type { leadAskedToTalk } from '../../shared/events/facts.ts';
import { readFact } from '../../shared/events/read-fact.ts';
import { alertOf } from './alert-rep.ts';
import { type OpenHandoffDecision, unchanged } from './follow-stage.ts';
import { isLeftOver, isWithSales, offerLead, takeBack } from './offer.ts';
import { repToAlert } from './rep-to-alert.ts';
import { loadField, loadScene, type OpenHandoffDeps, type Scene } from './scene.ts';

export type LeadAskedToTalk = EventOf<typeof leadAskedToTalk>;

/** Somebody asks to talk. Each time counts once: it opens a handoff, makes the open one hot, or alerts a rep. */
export const hearAsk = async (deps: OpenHandoffDeps, fact: LeadAskedToTalk): Promise<OpenHandoffDecision> => {
  const scene = await loadScene(deps, fact.leadId, handoffIdOf(fact.leadId, fact.engagementId));
  if (scene === undefined) return { changes: [], result: 'no-such-lead' };
  const { lead, own, current, leadHandoffs } = scene;
  if (own.state !== undefined || leadHandoffs.state?.heard.includes(fact.engagementId))
    return stay(deps, scene);
  if (isWithSales(lead) && current?.state.status === 'open' && !isLeftOver(scene))
    return replan(deps, scene, fact);
  if (lead.stage === 'mql' && (current === undefined || isLeftOver(scene)) && !(await isLeaving(deps, scene)))
    return open(deps, scene, fact);
  return isForSales(scene, fact) ? alert(deps, scene, fact) : stay(deps, scene);
};

/** Heard already. Only if the lead has left meanwhile, something is to be done. */
const stay = async (deps: OpenHandoffDeps, scene: Scene): Promise<OpenHandoffDecision> => {
  if (isWithSales(scene.lead)) return unchanged;
  const changes = await takeBack(deps, scene, scene.lead.stage);
  return changes.length === 0 ? unchanged : { changes, result: 'withdrawn' };
};

const replan = async (
  { aggregates }: OpenHandoffDeps,
  { current, leadHandoffs, policy, now }: Scene,
  fact: LeadAskedToTalk,
): Promise<OpenHandoffDecision> => {
  const roster = (await aggregates.load('roster', 'current')).state ?? { people: [], teams: [] };
  const handoff = current?.state;
  if (current === undefined || handoff === undefined) return unchanged;
  const { state: next, facts } = replanHot(handoff, fact, fact.at, { policy, roster, now });
  const lead: LeadStep = { loaded: leadHandoffs, heard: [fact.engagementId] };
  return {
    changes:
      next === handoff
        ? [leadChange(handoff.leadId, lead)]
        : await handoffChanges(aggregates, [{ loaded: current, next, facts }], now, lead),
    result: facts.length === 0 ? 'unchanged' : 'replanned',
  };
};

const open = async (
  deps: OpenHandoffDeps,
  scene: Scene,
  fact: LeadAskedToTalk,
): Promise<OpenHandoffDecision> => {
  const { engagementId, hot, at } = fact;
  const mqlAt = latest(at, scene.lead.stageAt);
  const opening = { cause: { type: 'engagement', id: engagementId }, mqlAt, hot, asked: fact };
  const changes = await offerLead(deps, scene, opening);
  return { changes, result: 'opened' };
};

/**
 * Its last handoff was answered, and the lead is about to follow. A new one would be taken back at once, so the rep is
 * told instead.
 */
const isLeaving = async (
  { aggregates }: OpenHandoffDeps,
  { lead, leadHandoffs, policy }: Scene,
): Promise<boolean> => {
  const last = leadHandoffs.state?.last;
  if (last === undefined) return false;
  const { state } = await aggregates.load('handoff', last);
  if (state?.status !== 'closed' || state.unconfirmed === undefined) return false;
  // It may have followed long ago, and nobody has noted that yet.
  return !hasFollowed(readFact(state.unconfirmed), lead, policy);
};

/** Somebody in sales has this lead, or was to have it when it asked. Excluded ones get the service reply only. */
const isForSales = ({ lead }: Scene, fact: LeadAskedToTalk): boolean =>
  lead.excluded === undefined &&
  !lead.unserved &&
  ([lead.stage, fact.stage].some((stage) => stage === 'mql' || stage === 'sal' || stage === 'sql') ||
    lead.stage === 'customer');

const alert = async (
  deps: OpenHandoffDeps,
  scene: Scene,
  fact: LeadAskedToTalk,
): Promise<OpenHandoffDecision> => {
  const field = await loadField(deps, scene.lead);
  const rep = await repToAlert(deps, scene, field);
  const reason = scene.current?.state.status ?? scene.lead.stage;
  const step = {
    loaded: scene.leadHandoffs,
    heard: [fact.engagementId],
    facts: [alertOf(scene, field, { engagementId: fact.engagementId, rep, reason })],
  };
  return { changes: [leadChange(scene.lead.leadId, step)], result: 'alerted' };
};
