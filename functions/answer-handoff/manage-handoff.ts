import { decideAndCommit } from '../../shared/commit.ts';
import { handoffChanges, type SalesChange, type SalesStates } from '../../shared/commit-handoff.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import {
  type ManageRefusal,
  type Manager,
  type ManagerAction,
  manageHandoff,
} from '../../shared/domain/handoff-manage.ts';
import { NobodyToAskError } from '../../shared/domain/holder-calendar.ts';
import type { Aggregates, Clock, PolicySource } from '../../shared/ports.ts';

export type ManageHandoffDeps = Readonly<{
  aggregates: Aggregates<SalesStates>;
  policy: PolicySource;
  clock: Clock;
}>;

export type HandoffManaged = Manager & Readonly<{ handoffId: string; action: ManagerAction }>;

/** `handoff` is as it stands afterwards. */
export type ManageOutcome = Readonly<
  | { type: 'done' | 'repeated'; handoff: Handoff }
  | { type: 'refused'; reason: ManageRefusal; handoff: Handoff }
  | { type: 'unknown' }
>;

/** What a manager does about a handoff that is late. Done twice, it is done once. */
export const makeManageHandoff = ({ aggregates, policy, clock }: ManageHandoffDeps) => {
  const decide = async ({ handoffId, action, ...manager }: HandoffManaged) => {
    const now = clock.now();
    const loaded = await aggregates.load('handoff', handoffId);
    const handoff = loaded.state;
    if (handoff === undefined) return nothing({ type: 'unknown' });
    const roster = (await aggregates.load('roster', 'current')).state;
    if (roster === undefined) throw new NobodyToAskError('there is no roster');
    const loads =
      handoff.team === undefined ? undefined : (await aggregates.load('team-loads', handoff.team)).state;
    const managed = manageHandoff(handoff, manager, action, {
      policy: (await policy.current()).policy,
      roster,
      loads: loads ?? { loads: {} },
      now,
    });
    if (managed.type !== 'done') return nothing({ ...managed, handoff });
    const { state: next, facts } = managed;
    const result: ManageOutcome = { type: 'done', handoff: next };
    return { changes: await handoffChanges(aggregates, [{ loaded, next, facts }], now), result };
  };
  return (input: HandoffManaged): Promise<ManageOutcome> => decideAndCommit(aggregates, () => decide(input));
};

const nothing = (
  result: ManageOutcome,
): Readonly<{ changes: readonly SalesChange[]; result: ManageOutcome }> => ({ changes: [], result });
