import type { Roster } from '../../shared/domain/roster.ts';
import { later, MINUTE } from '../../shared/domain/time.ts';
import type { DueIndex, DueItem, Metrics } from '../../shared/ports.ts';
import { type GiveOrphansDeps, makeGiveOrphan } from './give-orphans.ts';
import { type AnswerOutcome, makeRescueAnswer, type RescueAnswersDeps } from './rescue-answers.ts';
import { makeRescueMove, type RescueMovesDeps } from './rescue-moves.ts';

/** What one run looks at in each table: what is left is still due at the next one. */
const perRun = 1000;
const atOnce = 10;

/**
 * So far ahead it looks for answers, because their handoffs come due five minutes later: those whose leads have followed
 * are cleared before that, and being overdue keeps meaning that something is wrong. A minute longer than between two runs.
 */
const aheadMs = 6 * MINUTE;

type Deps = RescueMovesDeps &
  RescueAnswersDeps &
  GiveOrphansDeps &
  Readonly<{
    dueLeads: Pick<DueIndex, 'due'>;
    dueHandoffs: Pick<DueIndex, 'due'>;
    metrics: Metrics;
  }>;

export type Reconciled = Readonly<{
  /** Moves to MQL whose fact was told again, because they had no handoff. */
  moves: number;
  /** Answers whose fact was told again, because their lead had not followed. */
  answers: number;
  /** Answers whose lead has followed. */
  confirmed: number;
  /** Handoffs held by somebody who is no longer in the roster. */
  orphaned: number;
}>;

/**
 * Finds what got lost between any two writes, by what is due and nothing else, and tells the same facts again. What
 * somebody left behind who is no longer in the roster goes to others.
 * @throws AggregateError if single items could not be looked at; all others were.
 */
export const makeReconcile = (deps: Deps) => {
  const rescueMove = makeRescueMove(deps);
  const rescueAnswer = makeRescueAnswer(deps);
  const giveOrphan = makeGiveOrphan(deps);

  const lookAtHandoff = async (item: DueItem, roster: Roster | undefined): Promise<AnswerOutcome> => {
    const found = await rescueAnswer(item, roster);
    if (found.orphaned) await giveOrphan(item.id);
    return found;
  };

  return async (): Promise<Reconciled> => {
    const now = deps.clock.now();
    const roster: Roster | undefined = (await deps.roster.load('roster', 'current')).state;
    const failures: unknown[] = [];
    const leads = await attempt(deps.dueLeads, now, failures);
    const moved = await each(leads, rescueMove, failures);
    const handoffs = await attempt(deps.dueHandoffs, later(now, aheadMs), failures);
    const answered = await each(handoffs, (item) => lookAtHandoff(item, roster), failures);

    const found: Reconciled = {
      moves: moved.filter((told) => told).length,
      answers: answered.filter(({ answer }) => answer === 'told-again').length,
      confirmed: answered.filter(({ answer }) => answer === 'confirmed').length,
      orphaned: answered.filter(({ orphaned }) => orphaned).length,
    };
    deps.metrics.add('RescueCount', found.moves + found.answers);
    deps.metrics.add('OrphanedHandoffCount', found.orphaned);
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} items were not looked at`);
    return found;
  };
};

const attempt = async (index: Pick<DueIndex, 'due'>, until: string, failures: unknown[]) => {
  const [due] = await Promise.allSettled([index.due(until, perRun)]);
  if (due.status === 'fulfilled') return due.value;
  failures.push(due.reason);
  return [];
};

/** One that fails, such as an item that cannot be read, must not hide the rest. */
const each = async <R>(
  items: readonly DueItem[],
  look: (item: DueItem) => Promise<R>,
  failures: unknown[],
): Promise<R[]> => {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += atOnce) {
    for (const outcome of await Promise.allSettled(items.slice(i, i + atOnce).map(look))) {
      if (outcome.status === 'fulfilled') results.push(outcome.value);
      else failures.push(outcome.reason);
    }
  }
  return results;
};
