import { styleText } from 'node:util';
import { table } from '../replay/tables.ts';
import type { SurgeStanding } from './surge-standing.ts';

const shown = 20;

/** Whether the brake is on, and who waits, for people. */
export const surgeText = ({ surge, held }: SurgeStanding): string =>
  [
    '',
    surge === undefined
      ? 'The policy in force has no surge brake.'
      : styleText(
          surge.isOn ? 'red' : 'bold',
          `${surge.isOn ? 'The brake is on' : 'No surge'}: about ${Math.round(surge.lastHour)} MQLs by points in the last hour, usually ${surge.usual.toFixed(1)}; ${Math.ceil(surge.limit)} an hour go on.`,
        ),
    held.length === 0 ? '  Nobody is held back.' : `  ${held.length} held back, who keep their stage:`,
    ...(held.length === 0
      ? []
      : [
          '',
          table(
            ['lead', 'engagement', 'happened', 'origin', 'score'],
            held
              .slice(0, shown)
              .map(({ leadId, engagementId, occurredAt, origin, score }) => [
                leadId,
                engagementId,
                occurredAt.slice(0, 16).replace('T', ' '),
                origin,
                score,
              ]),
            4,
          ),
          ...(held.length > shown ? [`  ... and ${held.length - shown} more: --json has all.`] : []),
        ]),
    '',
  ].join('\n');
