import {
  type ManageRefusal,
  type Manager,
  type ManagerAction,
  manageHandoff,
} from '../../shared/domain/handoff-manage.ts';
import { type ChangeHandoffDeps, type HandoffOutcome, makeChangeHandoff } from './change-handoff.ts';

export type HandoffManaged = Manager & Readonly<{ handoffId: string; action: ManagerAction }>;

export type ManageOutcome = HandoffOutcome<ManageRefusal>;

/** What a manager does about a handoff that is late. Done twice, it is done once. */
export const makeManageHandoff = (deps: ChangeHandoffDeps) => {
  const changeHandoff = makeChangeHandoff(deps);
  return ({ handoffId, action, ...manager }: HandoffManaged): Promise<ManageOutcome> =>
    changeHandoff(handoffId, (handoff, staffing) => manageHandoff(handoff, manager, action, staffing));
};
