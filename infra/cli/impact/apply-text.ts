import { styleText } from 'node:util';
import type { ApplyReport } from './run-apply.ts';

/** What applying a policy came to, for people. */
export const applyText = ({
  version,
  leads,
  done,
  sent,
  left,
  applied,
  mqls,
  pending,
}: ApplyReport): string =>
  [
    '',
    sent === 0
      ? `All ${leads} leads follow policy ${version} already.`
      : styleText('bold', `${applied} of ${sent} leads follow policy ${version} now; ${mqls} became MQLs`),
    ...(sent === 0 || done === 0 ? [] : [`  ${done} did already.`]),
    ...(left === 0 ? [] : [`  ${left} are left, beyond the limit.`]),
    ...(pending === 0
      ? []
      : [styleText('red', `  ${pending} have not followed yet: run it again, nobody is moved twice.`)]),
    '',
  ].join('\n');
