import type { ManagerAction } from '../../shared/domain/handoff-manage.ts';
import { type Instant, instantOf } from '../../shared/domain/time.ts';

/** What was posted; undefined: nothing was chosen, or nothing that can be. */
export const readManageForm = (
  form: URLSearchParams,
): Readonly<{ action: ManagerAction; assignment: number }> | undefined => {
  const action = actionOf(form);
  const assignment = Number(form.get('assignment') ?? '');
  return action === undefined || !Number.isInteger(assignment) ? undefined : { action, assignment };
};

const actionOf = (form: URLSearchParams): ManagerAction | undefined => {
  const type = form.get('action');
  switch (type) {
    case 'take':
    case 'pull-back':
      return { type };
    case 'give': {
      const to = form.get('to');
      return to === null || to === '' ? undefined : { type, to };
    }
    case 'give-until': {
      const until = instantFrom(form.get('until'));
      return until === undefined ? undefined : { type, until };
    }
    default:
      return undefined;
  }
};

/** As instants are written everywhere here, because they are compared as text. */
const instantFrom = (text: string | null): Instant | undefined => {
  const epochMs = Date.parse(text ?? '');
  return !Number.isNaN(epochMs) && instantOf(epochMs) === text ? text : undefined;
};
