import type { ReplayFigures } from './replay-figures.ts';
import { heading, percent, table } from './tables.ts';
import type { WaitFigures, WaitGroup } from './wait-figures.ts';

/** How long people waited for sales, for people; nothing for a history that does not say. */
export const waitReport = (
  waits: WaitFigures,
  { tiers, escalations, handoffs }: ReplayFigures,
): readonly string[] =>
  waits.offered === 0
    ? []
    : [
        heading(`Waits for an answer of sales: ${waits.offered} offered, ${waits.answered} answered`),
        table(
          [
            'offered',
            'leads',
            'answered',
            'median',
            'p75',
            'within 24 h',
            'within 8 open h',
            'kept',
            'missed',
            'running',
          ],
          [
            ['at any time', waits] as const,
            ...Object.entries(waits.weekdays).filter(([, { offered }]) => offered > 0),
            ['while open', waits.hours.open] as const,
            ['while closed', waits.hours.closed] as const,
          ].map(([name, group]) => waitLine(name, group)),
        ),
        '  Hours by the wall clock, of those answered; median and p75 are interpolated linearly between the two nearest (type 7).',
        `  Open hours, and the day offered, are those of the calendar ${waits.calendar}.`,
        `  kept, missed, running: the policy's deadline to accept; ${percent(waits.accept.kept, waits.accept.kept + waits.accept.missed)} of those decided were kept.`,
        '',
        heading('What the policy would have done about these waits'),
        table(
          ['', 'times'],
          [
            ['reminded to accept', tiers.accept.reminded],
            ['deadline to accept missed: told to the manager', tiers.accept.breached],
            ['reassigned', escalations.reassigned],
            ['told to the next manager', tiers.accept.escalated],
            ['pulled back', escalations.pulledBack],
            ['nobody was to accept', waits.accept.none],
            ['answers with nothing to answer', handoffs.unasked],
          ],
        ),
        '',
      ];

const waitLine = (name: string, group: WaitGroup) => [
  name,
  group.offered,
  group.answered,
  hours(group.medianHours),
  hours(group.p75Hours),
  share(group.within['24h']),
  share(group.within['8bh']),
  group.accept.kept,
  group.accept.missed,
  group.accept.running,
];

const hours = (value: number | null): string => (value === null ? '-' : `${value.toFixed(1)} h`);
const share = (value: number | null): string => (value === null ? '-' : `${(value * 100).toFixed(1)} %`);
