import { expect, it } from 'vitest';
import { waitFigures } from '../../../infra/cli/replay/wait-figures.ts';
import { later, MINUTE } from '../../../shared/domain/time.ts';
import type { Calendar } from '../../../shared/policy/schema.ts';

/** Nine to five in Berlin, on weekdays; closed on Wednesday, 2026-11-04. */
const calendar: Calendar = {
  zone: 'Europe/Berlin',
  open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }],
  holidays: [],
  closed: ['2026-11-04'],
};
const named = { name: 'office', calendar };
/** A Friday, 16:00 in Berlin. */
const friday = '2026-10-30T15:00:00.000Z';
const wait = (engagementId: string, offeredAt: string, hours?: number) => ({
  engagementId,
  offeredAt,
  ...(hours === undefined ? {} : { answeredAt: later(offeredAt, hours * 60 * MINUTE) }),
});

it('counts by the wall clock and in open hours', () => {
  const figures = waitFigures(
    [
      // Over the weekend, answered on Monday at 10:00: 66 hours, of which it was open for two.
      wait('a', friday, 66),
      // On Monday at 17:00, answered on Tuesday at closing time: just 24 hours, and just 8 open ones.
      wait('b', '2026-11-02T16:00:00.000Z', 24),
      // From Tuesday at closing time over a holiday to Thursday at 17:00, and a minute more.
      wait('c', '2026-11-03T16:00:00.000Z', 48 + 1 / 60),
      // From Tuesday at 16:00 to Friday at 10:00: one hour, eight, and one.
      wait('d', '2026-11-03T15:00:00.000Z', 66),
      wait('e', friday),
    ],
    [],
    named,
  );
  expect(figures).toMatchObject({
    calendar: 'office',
    offered: 5,
    answered: 4,
    // 24, 48.02, 66, 66
    medianHours: 57,
    p75Hours: 66,
    within: { '24h': 0.25, '8bh': 0.75 },
    accept: { kept: 0, missed: 0, ended: 0, running: 0, none: 5 },
    weekdays: {
      mon: { offered: 1 },
      tue: { offered: 2 },
      wed: { offered: 0 },
      fri: { offered: 2, answered: 1 },
    },
    hours: { open: { offered: 3 }, closed: { offered: 2 } },
  });
  expect(Object.keys(figures.weekdays)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
});

it('knows no figures of a history without answers', () => {
  expect(waitFigures([], [], named)).toMatchObject({
    offered: 0,
    answered: 0,
    medianHours: null,
    p75Hours: null,
    within: { '24h': null, '8bh': null },
  });
});
