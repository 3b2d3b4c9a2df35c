import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addDuration, openElapsed } from '../../../shared/domain/business-calendar.ts';
import { HOUR } from '../../../shared/domain/time.ts';
import { weekdays } from '../../../shared/domain/zoned-time.ts';
import { office } from '../../support/calendars.ts';

/** Where tables of other people's tests lie, if they are there; they are no part of this project. */
const folder =
  process.env.BATON_DATA === undefined ? undefined : join(process.env.BATON_DATA, 'business-hours');

type Case = Readonly<{
  name: string;
  from: string;
  to: string;
  hours: number;
  expected: string;
  expectedHours: number;
  timeZone?: string;
  holidays?: string[];
  open?: string;
  close?: string;
  /** 0 is Sunday. */
  workingDays?: number[];
}>;

const casesOf = (file: string): readonly Case[] =>
  JSON.parse(readFileSync(join(folder ?? '', file), 'utf8')).cases;
const hours = (from: string, to: string, entry: Case) => {
  const { timeZone = 'UTC', holidays = [], open = from, close = to, workingDays = [1, 2, 3, 4, 5] } = entry;
  const days = workingDays.map((day) => weekdays[day]!);
  return office({ zone: timeZone, open: [{ days, from: open, to: close }], closed: holidays });
};
const z = (text: string) => new Date(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`).toISOString();

if (folder === undefined || !existsSync(folder))
  it.skip(
    'is checked against tables of other libraries only where BATON_DATA names a folder with business-hours',
  );
else {
  describe('hours elapsed, as others count them', () => {
    it.each(casesOf('businesstimer_diff.json'))('$name', (entry) => {
      const calendar = hours('08:00', '17:00', entry);
      expect(openElapsed(calendar, z(entry.from), z(entry.to)) / HOUR).toBe(entry.expectedHours);
    });
  });

  describe('hours added, as others count them', () => {
    it.each(casesOf('datefns_add_business_hours.json').filter((entry) => entry.hours > 0))(
      '$name',
      (entry) => {
        const calendar = hours('09:00', '17:00', entry);
        const due = addDuration(calendar, z(entry.from), { type: 'business', ms: entry.hours * HOUR });
        expect(due).toBe(z(entry.expected));
      },
    );
  });
}
