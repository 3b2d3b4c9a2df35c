import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addDuration, openElapsed } from '../../../shared/domain/business-calendar.ts';
import { HOUR, MINUTE } from '../../../shared/domain/time.ts';
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
  workdays: number;
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
    const cases = casesOf('datefns_add_business_hours.json');

    it.each(cases.filter((entry) => entry.hours >= 0))('$name', (entry) => {
      const calendar = hours('09:00', '17:00', entry);
      const due = addDuration(calendar, z(entry.from), { type: 'business', ms: entry.hours * HOUR });
      expect(due).toBe(z(entry.expected));
    });

    // Deadlines are never counted backwards here. Whoever does arrives where as much open time has passed.
    it.each(cases.filter((entry) => entry.hours < 0))('$name', (entry) => {
      const calendar = hours('09:00', '17:00', entry);
      expect(openElapsed(calendar, z(entry.expected), z(entry.from)) / HOUR).toBe(-entry.hours);
    });
  });

  /**
   * A business day here is a whole one, and ends at the same local time; fractions of one are written in open hours, of
   * which the calendar there has eight a day. There the amount is cut to whole minutes, here it is taken as it is.
   */
  describe('fractions of a working day, as others count them', () => {
    const calendar = office({
      zone: 'UTC',
      open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '16:00' }],
      closed: ['2004-05-17', '2004-05-27'],
    });
    const cases = casesOf('workday_exercise.json');
    const amountOf = ({ workdays }: Case) => Math.floor(Math.abs(workdays) * 8 * 60) * MINUTE;

    it.each(cases.filter(({ workdays }) => workdays > 0))('$workdays from $from', (entry) => {
      const due = addDuration(calendar, z(entry.from), { type: 'business', ms: amountOf(entry) });
      expect(due).toBe(z(entry.expected));
    });

    it.each(cases.filter(({ workdays }) => workdays < 0))('$workdays from $from', (entry) => {
      expect(openElapsed(calendar, z(entry.expected), z(entry.from))).toBe(amountOf(entry));
    });
  });

  it('leaves none of them out', () => {
    const added = casesOf('datefns_add_business_hours.json').length;
    expect([
      casesOf('businesstimer_diff.json').length,
      added,
      casesOf('workday_exercise.json').length,
    ]).toEqual([20, 24, 5]);
  });
}
