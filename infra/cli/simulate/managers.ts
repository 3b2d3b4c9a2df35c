import { DAY, HOUR, instantOf } from '../../../shared/domain/time.ts';
import { act, callTwice, handoffOf, type Stage, tryTwice } from './acting.ts';

/** What a manager does about a handoff that is late, or will be: by the page behind their mail, or in the CRM. */
export const manage = (stage: Stage, handoffId: string) => {
  const { system, draws, onAnswer } = stage;
  if (!draws.chance(0.5)) return;
  const type = draws.pick(['take', 'give', 'give-until', 'give-until', 'pull-back'] as const);
  const ms = draws.whole(HOUR, 3 * DAY);
  const inCrm = draws.chance(0.4);
  act(stage, { longestMs: 2 * DAY }, () => {
    const handoff = handoffOf(system, handoffId);
    if (handoff?.manager === undefined) return;
    const { manager: by, assignment: current } = handoff;
    const assignment = draws.chance(0.9) ? current : Math.max(1, current - 1);
    const until = instantOf(system.events.now + ms);
    const to = draws.pick(system.roster().people.map(({ id }) => id));
    onAnswer(`${handoffId} is managed by ${by}: ${type}`, `manager ${type}`);
    if (!inCrm) return void postAsManager(stage, handoffId, by, { action: type, assignment, until, to });
    const action = type === 'give' ? { type, to } : type === 'give-until' ? { type, until } : { type };
    const id = `manage-${handoffId}-${system.events.now}`;
    void callTwice(system, handoffId, { id, by, assignment, answer: action });
  });
};

const postAsManager = async (
  { system, draws }: Stage,
  handoff: string,
  manager: string,
  said: Readonly<Record<string, string | number>>,
) => {
  const query = new URLSearchParams({ t: await system.ports.tokens.seal('manage', { handoff, manager }) });
  const form = new URLSearchParams(
    Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)])),
  );
  const request = { path: '/handoffs/manage', query, form };
  if (draws.chance(0.3)) await system.ask('answer-handoff-page', { ...request, method: 'GET' });
  await tryTwice(system, 'answer-handoff-page', { ...request, method: 'POST' });
};
