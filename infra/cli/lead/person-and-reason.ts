import { userInfo } from 'node:os';
import * as v from 'valibot';
import { idSchema } from '../../../shared/events/define-event.ts';
import { UsageError } from '../usage-error.ts';

const longestReason = 300;

/** Who decides, else the user of this machine, and why. @throws UsageError */
export const personAndReason = ({
  by,
  reason,
}: Readonly<{ by?: string; reason: string }>): Readonly<{ by: string; reason: string }> => {
  const person = decidingPerson(by);
  const text = reason.trim();
  if (text === '' || text.length > longestReason)
    throw new UsageError(`--reason is to say why, in at most ${longestReason} characters.`);
  return { by: person, reason: text };
};

/** @throws UsageError */
export const decidingPerson = (by = userInfo().username): string => {
  if (v.is(idSchema, by)) return by;
  throw new UsageError('--by is to be an id, without spaces: it stands in the history of the lead.');
};
