import { styleText } from 'node:util';
import { table } from '../replay/tables.ts';
import type { ActivationReport } from './run-activation.ts';

const shown = 20;

/** What an activation came to, or would, for people. */
export const activationText = ({ dryRun, chosen, released, noLonger, pending }: ActivationReport): string => {
  if (chosen.length === 0) return '\nNobody waits.\n';
  if (!dryRun)
    return [
      '',
      styleText('bold', `${released} of ${chosen.length} leads are MQLs now`),
      ...(noLonger === 0 ? [] : [`  ${noLonger} waited no longer: cooled, excluded, or moved otherwise.`]),
      ...(pending === 0
        ? []
        : [styleText('red', `  ${pending} have not moved yet: run it again, nobody is released twice.`)]),
      '',
    ].join('\n');
  return [
    '',
    styleText('bold', `${chosen.length} leads would become MQLs`),
    '',
    table(
      ['lead', 'engagement', 'happened', 'why', 'origin', 'score'],
      chosen
        .slice(0, shown)
        .map(({ leadId, engagementId, occurredAt, by, origin, score }) => [
          leadId,
          engagementId,
          occurredAt.slice(0, 10),
          by,
          origin,
          score,
        ]),
      5,
    ),
    ...(chosen.length > shown ? [`  ... and ${chosen.length - shown} more: --json has all.`] : []),
    '',
  ].join('\n');
};
