import { ContentionError, changeOf, decideAndCommit } from '../../shared/commit.ts';
import { handoffChanges, type SalesChange, type SalesStates } from '../../shared/commit-handoff.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import { withdraw } from '../../shared/domain/handoff-close.ts';
import { moveHandoff, uniteLeadHandoffs, whichGoesOn } from '../../shared/domain/handoff-move.ts';
import { nextDueOf } from '../../shared/domain/handoff-tiers.ts';
import type { Aggregates, Clock, Loaded } from '../../shared/ports.ts';

type Deps = Readonly<{ aggregates: Aggregates<SalesStates>; clock: Clock }>;
type Found = Loaded<Handoff> & Readonly<{ state: Handoff }>;
const maxSteps = 8;

type Step = Readonly<{ changes: readonly SalesChange[]; result: 'moved' | 'again' | 'nothing' }>;

/**
 * Moves what sales has with leads that were merged to the lead that they are now: the open or accepted handoff as it is,
 * and what was heard. What is kept of such a lead says afterwards that it is gone, so whoever has read it before cannot
 * save it. Returns whether there was something to be moved.
 * @throws ContentionError if others keep changing them.
 */
export const moveHandoffs = async (
  deps: Deps,
  leadId: string,
  absorbed: readonly string[],
): Promise<boolean> => {
  let hasMoved = false;
  for (const from of absorbed) if ((await moveAll(deps, from, leadId)) === 'moved') hasMoved = true;
  return hasMoved;
};

const moveAll = async (deps: Deps, from: string, into: string): Promise<'moved' | 'nothing'> => {
  for (let step = 1; step <= maxSteps; step++) {
    const result = await decideAndCommit<SalesStates, Step['result']>(deps.aggregates, () =>
      move(deps, from, into),
    );
    if (result !== 'again') return result;
  }
  throw new ContentionError(`gave up after ${maxSteps} steps`);
};

const move = async ({ aggregates, clock }: Deps, from: string, into: string): Promise<Step> => {
  const ofOld = await aggregates.load('lead-handoffs', from);
  if (ofOld.state?.mergedInto !== undefined) return { changes: [], result: 'nothing' };
  const ofNew = await aggregates.load('lead-handoffs', into);
  const moving = await currentOf(aggregates, ofOld.state?.current);
  const staying = await currentOf(aggregates, ofNew.state?.current);
  // Somebody else has moved it between these reads: they are of no one moment.
  if (isOfAnother(moving, from) || isOfAnother(staying, into)) return { changes: [], result: 'again' };
  const now = clock.now();
  if (moving !== undefined && staying !== undefined) {
    // They were merged while one of them was just being opened.
    const ends = whichGoesOn(staying.state, moving.state) === staying.state ? moving : staying;
    const { state: next, facts } = withdraw(ends.state, 'merged', now);
    const lead = { loaded: ends === moving ? ofOld : ofNew };
    return {
      changes: await handoffChanges(aggregates, [{ loaded: ends, next, facts }], now, lead),
      // Now there is only one.
      result: 'again',
    };
  }
  const last = await newestOf(aggregates, ofOld.state?.last, ofNew.state?.last);
  return {
    changes: [
      ...(moving === undefined ? [] : [movedChange(moving, into, now)]),
      changeOf('lead-handoffs', into, ofNew, { state: uniteLeadHandoffs(ofNew.state, ofOld.state, last) }),
      changeOf('lead-handoffs', from, ofOld, { state: { heard: [], mergedInto: into } }),
    ],
    result: 'moved',
  };
};

const isOfAnother = (found: Found | undefined, leadId: string): boolean =>
  found !== undefined && found.state.leadId !== leadId;

const movedChange = (loaded: Found, into: string, now: string): SalesChange => {
  const { state, facts } = moveHandoff(loaded.state, into, now);
  const dueAt = nextDueOf(state);
  return changeOf('handoff', state.id, loaded, { state, facts, ...(dueAt === undefined ? {} : { dueAt }) });
};

const currentOf = async (
  aggregates: Aggregates<SalesStates>,
  id: string | undefined,
): Promise<Found | undefined> => {
  if (id === undefined) return undefined;
  const loaded = await aggregates.load('handoff', id);
  return loaded.state === undefined || loaded.state.status === 'closed' ? undefined : loaded;
};

const newestOf = async (
  aggregates: Aggregates<SalesStates>,
  ...ids: readonly (string | undefined)[]
): Promise<string | undefined> => {
  let newest: Handoff | undefined;
  for (const id of ids) {
    const state = id === undefined ? undefined : (await aggregates.load('handoff', id)).state;
    if (state !== undefined && (newest === undefined || state.openedAt > newest.openedAt)) newest = state;
  }
  return newest?.id;
};
