import { onceByCommand } from '../../shared/domain/handoff-command.ts';
import {
  type ManageRefusal,
  type Manager,
  type ManagerAction,
  manageHandoff,
} from '../../shared/domain/handoff-manage.ts';
import { type ChangeHandoffDeps, type HandoffOutcome, makeChangeHandoff } from './change-handoff.ts';

/** `commandId`: of the system that passes it on. */
export type HandoffManaged = Manager &
  Readonly<{ handoffId: string; action: ManagerAction; commandId?: string }>;

export type ManageOutcome = HandoffOutcome<ManageRefusal>;

/** What a manager does about a handoff that is late. Done twice, it is done once. */
export const makeManageHandoff = (deps: ChangeHandoffDeps) => {
  const changeHandoff = makeChangeHandoff(deps);
  return ({ handoffId, action, commandId, ...manager }: HandoffManaged): Promise<ManageOutcome> =>
    changeHandoff(handoffId, (handoff, staffing) =>
      onceByCommand(
        handoff,
        commandId === undefined ? undefined : { id: commandId, says: { ...manager, action } },
        () => manageHandoff(handoff, manager, action, staffing),
      ),
    );
};
