import type { SalesChange } from '../../shared/commit-handoff.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import type { EventOf } from '../../shared/events/define-event.ts';
import type { leadStageChanged } from '../../shared/events/facts.ts';
import { keepPriority } from './keep-priority.ts';
import { isLeftOver, isWithSales, offerLead, takeBack } from './offer.ts';
import { loadScene, type OpenHandoffDeps, type Scene } from './scene.ts';

export type LeadStageChanged = EventOf<typeof leadStageChanged>;
export type OpenHandoffOutcome =
  | 'opened'
  | 'replanned'
  | 'alerted'
  | 'withdrawn'
  | 'unchanged'
  | 'no-such-lead';
export type OpenHandoffDecision = Readonly<{ changes: readonly SalesChange[]; result: OpenHandoffOutcome }>;

export const unchanged: OpenHandoffDecision = { changes: [], result: 'unchanged' };

/** A nudge: the lead's stage as it is now says whether it is to have a handoff. */
export const followStage = async (
  deps: OpenHandoffDeps,
  fact: LeadStageChanged,
): Promise<OpenHandoffDecision> => {
  const scene = await loadScene(deps, fact.leadId, handoffIdOf(fact.leadId, fact.cause.id));
  if (scene === undefined) return { changes: [], result: 'no-such-lead' };
  if (!isWithSales(scene.lead)) return leave(deps, scene, fact);
  if (fact.to !== 'mql') return unchanged;
  if (!isToOpen(scene, fact)) return follow(deps, scene);
  const { cause, at: mqlAt, hot } = fact;
  const asked = fact.asked ?? scene.lead.asked;
  return {
    changes: await offerLead(deps, scene, {
      cause,
      mqlAt,
      hot,
      ...(asked === undefined ? {} : { asked }),
    }),
    result: 'opened',
  };
};

/** Only while it is the MQL of this fact, and once: what this cause opened is never opened again. */
const isToOpen = (scene: Scene, { at }: LeadStageChanged): boolean =>
  scene.lead.stage === 'mql' &&
  scene.own.state === undefined &&
  at >= scene.lead.stageAt &&
  (scene.current === undefined || isLeftOver(scene));

/** What it opened. That the lead became hot, or cooled, may have been told before there was a handoff to hear of it. */
const follow = async (deps: OpenHandoffDeps, scene: Scene): Promise<OpenHandoffDecision> => {
  const changes = scene.current?.state.id === scene.ownId ? await keepPriority(deps, scene) : [];
  return changes.length === 0 ? unchanged : { changes, result: 'replanned' };
};

const leave = async (
  deps: OpenHandoffDeps,
  scene: Scene,
  { to, reason }: LeadStageChanged,
): Promise<OpenHandoffDecision> => {
  const { stage } = scene.lead;
  const changes = await takeBack(deps, scene, to === stage ? reason : stage);
  return changes.length === 0 ? unchanged : { changes, result: 'withdrawn' };
};
