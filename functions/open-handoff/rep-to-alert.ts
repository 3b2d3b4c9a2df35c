import type { TeamLoads } from '../../shared/domain/roster.ts';
import { holderFor, routeLead } from '../../shared/domain/routing.ts';
import { knownRep } from './alert-rep.ts';
import { routingFacts } from './offer.ts';
import type { Field, OpenHandoffDeps, Scene } from './scene.ts';

/** Whoever has the lead, else knows it, else would get it, were it offered: somebody always hears of it. */
export const repToAlert = async (deps: OpenHandoffDeps, scene: Scene, field: Field): Promise<string> =>
  scene.current?.state.holder ??
  knownRep(scene, field, await lastHolder(deps, scene)) ??
  (await anyRep(deps, scene, field));

const lastHolder = async ({ aggregates }: OpenHandoffDeps, { leadHandoffs }: Scene) =>
  leadHandoffs.state?.last === undefined
    ? undefined
    : (await aggregates.load('handoff', leadHandoffs.state.last)).state?.holder;

const anyRep = async (deps: OpenHandoffDeps, { lead, policy, now }: Scene, field: Field): Promise<string> => {
  const routes = policy.routing.filter(({ to }) => to.type !== 'none');
  const target = routeLead(routes, routingFacts(lead, field, true), field.roster);
  if (target.type === 'none') return '';
  const loads: TeamLoads = (await deps.aggregates.load('team-loads', target.team.name)).state ?? {
    loads: {},
  };
  return holderFor(target, field.roster, loads, now).holder;
};
