import { describe, expect, it } from 'vitest';
import { mapRow, type Row, shiftToNow } from '../../../infra/cli/import/map-row.ts';
import { sheetsFor, shippedMappings } from '../../../infra/cli/import/mapping.ts';
import { rowTime } from '../../../infra/cli/import/row-time.ts';

const mappings = await shippedMappings();
const contact = {
  mql_id: 'abc',
  first_contact_date: '2018-02-01',
  landing_page_id: 'page',
  origin: 'social',
};
const deal = { mql_id: 'abc', won_date: '2018-02-26T19:58', lead_type: 'x' };

const read = (row: Row) => {
  const found = sheetsFor(mappings, Object.keys(row));
  if (found === undefined) throw new Error('no mapping knows these columns');
  return mapRow(row, found.mapping, found.sheets[0]!);
};
const eventOf = (row: Row, shiftMs = 0) => {
  const mapped = read(row);
  return mapped.type === 'event' ? mapped.eventAt(shiftMs) : mapped;
};

describe('the mapping for Olist', () => {
  it('reads a contact as an inquiry', () => {
    expect(eventOf(contact)).toEqual({
      type: 'EngagementRecorded',
      detail: {
        id: 'olist-contact-abc',
        kind: 'detailed-inquiry',
        occurredAt: '2018-02-01T02:00:00.000Z',
        lead: { userId: 'olist-abc' },
        source: { origin: 'social', landingPage: 'page' },
      },
    });
  });

  it.each([
    ['an empty origin', { ...contact, origin: '' }, { origin: '(none)', landingPage: 'page' }],
    ['an empty landing page', { ...contact, landing_page_id: '' }, { origin: 'social' }],
  ])('reads %s', (_, row, source) => {
    expect(eventOf(row)).toHaveProperty('detail.source', source);
  });

  it('reads a deal as won', () => {
    expect(eventOf(deal, 60_000)).toEqual({
      type: 'DealChanged',
      detail: {
        id: 'olist-deal-abc',
        lead: { userId: 'olist-abc' },
        outcome: 'won',
        at: '2018-02-26T22:59:00.000Z',
      },
    });
  });

  it.each([
    ['no time', { ...contact, first_contact_date: '' }, 'first_contact_date is empty'],
    [
      'a day that does not exist',
      { ...contact, first_contact_date: '2018-02-30' },
      'first_contact_date is not a date or time',
    ],
    ['no lead', { ...contact, mql_id: '' }, 'id is missing'],
    ['an id with spaces', { ...contact, mql_id: 'a b' }, 'id is not as it should be (regex)'],
  ])('refuses a row with %s, and does not quote it', (_, row, reason) => {
    expect(read(row)).toEqual({ type: 'bad', reason });
  });

  it('knows no other files', () => {
    expect(sheetsFor(mappings, ['name', 'email'])).toBeUndefined();
  });
});

describe('rowTime', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-07-01 09:30', 'Europe/Berlin', '2026-07-01T07:30:00.000Z'],
    ['2026-07-01T09:30:00Z', 'Europe/Berlin', '2026-07-01T09:30:00.000Z'],
    ['2026-07-01T09:30:00-03:00', 'Europe/Berlin', '2026-07-01T12:30:00.000Z'],
    ['01.07.2026', 'Europe/Berlin', undefined],
    ['', 'Europe/Berlin', undefined],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(rowTime(text, zone)).toBe(instant);
  });
});

describe('shiftToNow', () => {
  it('makes the latest time now', () => {
    const times = ['2018-01-01T00:00:00.000Z', '2018-01-03T00:00:00.000Z', '2018-01-02T00:00:00.000Z'];
    expect(shiftToNow(times, '2018-01-04T00:00:00.000Z')).toBe(86_400_000);
    expect(shiftToNow([], '2018-01-04T00:00:00.000Z')).toBe(0);
  });
});
