import { nextOpening, openElapsed } from '../../../shared/domain/business-calendar.ts';
import type { Handoff } from '../../../shared/domain/handoff.ts';
import { epochOf, HOUR } from '../../../shared/domain/time.ts';
import { localTimeOf, weekdayOf, weekdays } from '../../../shared/domain/zoned-time.ts';
import type { Calendar } from '../../../shared/policy/schema.ts';
import { type Fate, fateOf } from './deadline-figures.ts';
import { quantile } from './quantile.ts';
import type { RecordedWait } from './recorded-waits.ts';

/** What became of waits under a policy; `none`: nobody was to accept, so there was no deadline. */
type UnderPolicy = Readonly<Record<Fate | 'none', number>>;

export type WaitGroup = Readonly<{
  offered: number;
  answered: number;
  /** By the wall clock, to a tenth; null: nobody was answered. */
  medianHours: number | null;
  p75Hours: number | null;
  /** Shares of those answered: within 24 hours by the wall clock, within 8 open hours of the calendar. */
  within: Readonly<{ '24h': number | null; '8bh': number | null }>;
  /** The deadline to accept. */
  accept: UnderPolicy;
}>;

export type WaitFigures = WaitGroup &
  Readonly<{
    calendar: string;
    /** By when they were offered, in the calendar's zone. */
    weekdays: Readonly<Record<string, WaitGroup>>;
    hours: Readonly<Record<'open' | 'closed', WaitGroup>>;
  }>;

export type NamedCalendar = Readonly<{ name: string; calendar: Calendar }>;

type Measured = Readonly<{
  weekday: string;
  hours: 'open' | 'closed';
  fate: Fate | 'none';
  /** Milliseconds, by the wall clock and while it was open; absent: not answered. */
  waited?: Readonly<{ clock: number; open: number }>;
}>;

/**
 * How long the answers of a history took, and which of them the policy would have called in time. Quantiles are
 * interpolated between order statistics (`quantile`); shares have four digits.
 */
export const waitFigures = (
  waits: readonly RecordedWait[],
  handoffs: readonly Handoff[],
  { name, calendar }: NamedCalendar,
): WaitFigures => {
  const fates = fatesOf(handoffs);
  const measured = waits.map((wait) => measure(wait, calendar, fates.get(wait.engagementId) ?? 'none'));
  const mondayFirst = [...weekdays.slice(1), ...weekdays.slice(0, 1)];
  return {
    calendar: name,
    ...groupOf(measured),
    weekdays: Object.fromEntries(
      mondayFirst.map((day) => [day, groupOf(measured.filter(({ weekday }) => weekday === day))]),
    ),
    hours: {
      open: groupOf(measured.filter(({ hours }) => hours === 'open')),
      closed: groupOf(measured.filter(({ hours }) => hours === 'closed')),
    },
  };
};

/** By the engagement that opened a handoff, or asked to talk while it was open. */
const fatesOf = (handoffs: readonly Handoff[]): ReadonlyMap<string, Fate> =>
  new Map(
    handoffs
      .filter(({ plan: { accept } }) => accept !== undefined)
      .flatMap((handoff) => {
        const fate = fateOf(handoff, 'accept');
        const { cause, asked } = handoff;
        return [cause.id, ...(asked === undefined ? [] : [asked.engagementId])].map(
          (id) => [id, fate] as const,
        );
      }),
  );

const measure = (
  { offeredAt, answeredAt }: RecordedWait,
  calendar: Calendar,
  fate: Fate | 'none',
): Measured => ({
  weekday: weekdayOf(localTimeOf(calendar.zone, epochOf(offeredAt)).date),
  hours: nextOpening(calendar, offeredAt) === offeredAt ? 'open' : 'closed',
  fate,
  ...(answeredAt === undefined
    ? {}
    : {
        waited: {
          clock: epochOf(answeredAt) - epochOf(offeredAt),
          open: openElapsed(calendar, offeredAt, answeredAt),
        },
      }),
});

const groupOf = (group: readonly Measured[]): WaitGroup => {
  const waited = group.flatMap(({ waited: each }) => (each === undefined ? [] : [each]));
  const clock = waited.map((each) => each.clock).sort((a, b) => a - b);
  const share = (count: number) =>
    waited.length === 0 ? null : Math.round((count / waited.length) * 10_000) / 10_000;
  const accept = { kept: 0, missed: 0, ended: 0, running: 0, none: 0 };
  for (const { fate } of group) accept[fate]++;
  return {
    offered: group.length,
    answered: waited.length,
    medianHours: inHours(quantile(clock, 0.5)),
    p75Hours: inHours(quantile(clock, 0.75)),
    within: {
      '24h': share(clock.filter((ms) => ms <= 24 * HOUR).length),
      '8bh': share(waited.filter(({ open }) => open <= 8 * HOUR).length),
    },
    accept,
  };
};

const inHours = (ms: number | undefined): number | null =>
  ms === undefined ? null : Math.round((ms / HOUR) * 10) / 10;
