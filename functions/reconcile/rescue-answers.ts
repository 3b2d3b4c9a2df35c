import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { handoffTimes } from '../../shared/commit-handoff.ts';
import { isOfBeforeTheMerge } from '../../shared/domain/decide-handoff-outcome.ts';
import type { Handoff, HandoffStates } from '../../shared/domain/handoff.ts';
import { isOrphaned } from '../../shared/domain/handoff-orphan.ts';
import type { LeadOutline } from '../../shared/domain/lead-view.ts';
import type { Roster } from '../../shared/domain/roster.ts';
import { later, MINUTE } from '../../shared/domain/time.ts';
import { hasFollowed } from '../../shared/domain/unfollowed.ts';
import { readFact } from '../../shared/events/read-fact.ts';
import type {
  Aggregates,
  Bus,
  Clock,
  DueItem,
  LeadReader,
  LeadStore,
  PolicySource,
} from '../../shared/ports.ts';

/** How long the fact of an answer may be on its way. */
const graceMs = 5 * MINUTE;

export type RescueAnswersDeps = Readonly<{
  handoffs: Aggregates<HandoffStates>;
  leads: LeadReader;
  leadStore: Pick<LeadStore, 'load'>;
  bus: Bus;
  policy: PolicySource;
  clock: Clock;
}>;

export type AnswerOutcome = Readonly<{
  answer: 'none' | 'waiting' | 'confirmed' | 'told-again';
  /** Its holder is no longer in the roster: nobody will act on reminders. */
  orphaned: boolean;
}>;

/**
 * A handoff that was answered: once its lead has followed, it is cleared; if the lead has not followed in time, the fact
 * of the answer is told again, with the same id.
 */
export const makeRescueAnswer =
  (deps: RescueAnswersDeps) =>
  async ({ id }: DueItem, roster: Roster | undefined): Promise<AnswerOutcome> => {
    const { state } = await deps.handoffs.load('handoff', id);
    if (state === undefined) return { answer: 'none', orphaned: false };
    return { answer: await rescue(deps, state), orphaned: isOrphaned(state, roster) };
  };

const rescue = async (deps: RescueAnswersDeps, handoff: Handoff): Promise<AnswerOutcome['answer']> => {
  const { unconfirmed } = handoff;
  if (unconfirmed === undefined) return 'none';
  const fact = readFact(unconfirmed);
  const now = deps.clock.now();
  const published = await deps.policy.current();
  const lead = await deps.leads.view(handoff.leadId, published, now);
  if (hasFollowed(fact, lead, published.policy) || (await isOver(deps, handoff, lead)))
    return confirm(deps, handoff.id, unconfirmed);
  if (later(fact.at, graceMs) > now) return 'waiting';
  await deps.bus.publish([fact]);
  return 'told-again';
};

/** A lead that was merged may stand where another handoff has brought it: it never follows this one. */
const isOver = async (
  { leadStore }: RescueAnswersDeps,
  handoff: Handoff,
  lead: LeadOutline | undefined,
): Promise<boolean> => {
  if (lead?.absorbed === undefined) return false;
  const { state } = await leadStore.load(lead.leadId);
  return state !== undefined && isOfBeforeTheMerge(state, handoff, lead.leadId);
};

/** Clears just the answer that was looked at: another one may have come meanwhile. */
const confirm = (
  { handoffs }: RescueAnswersDeps,
  id: string,
  unconfirmed: string,
): Promise<AnswerOutcome['answer']> =>
  decideAndCommit(handoffs, async () => {
    const loaded = await handoffs.load('handoff', id);
    if (loaded.state?.unconfirmed !== unconfirmed) return { changes: [], result: 'waiting' };
    const { unconfirmed: _, ...state } = loaded.state;
    const changes = [changeOf('handoff', id, loaded, { state, ...handoffTimes(state) })];
    return { changes, result: 'confirmed' };
  });
