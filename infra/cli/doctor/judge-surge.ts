import type { Surge } from '../../../shared/domain/surge.ts';
import { type Finding, ok, warning } from './finding.ts';

/** `held`: leads that wait since a surge. No `surge`: the policy in force has no brake. */
export const judgeSurge = (held: number, surge: Surge | undefined, env: string): readonly Finding[] => {
  if (held > 0)
    return [
      warning(
        'surge',
        `${held} ${held === 1 ? 'lead is' : 'leads are'} held back: ${surge?.isOn === true ? 'too many qualify just now' : 'too many qualified at once'}.`,
        `npx baton surge show --env ${env}, then npx baton surge release --env ${env}`,
      ),
    ];
  if (surge === undefined)
    return [ok('surge', 'The policy in force has no surge brake, and nobody is held back.')];
  return [ok('surge', `Nobody is held back; ${Math.ceil(surge.limit)} MQLs by points go on in an hour.`)];
};
