import { beforeAll, describe, expect, it } from 'vitest';
import { mapRow } from '../../../infra/cli/import/map-row.ts';
import { type Mapping, mappingsFor, sheetsFor } from '../../../infra/cli/import/mapping.ts';
import { readPastEvent } from '../../../infra/cli/import/past-event.ts';
import { UsageError } from '../../../infra/cli/usage-error.ts';

const now = '2026-11-02T08:00:00.000Z';
let plain: Mapping;
beforeAll(async () => {
  plain = (await mappingsFor('plain'))[0]!;
});
const read = (row: Readonly<Record<string, string>>) => {
  const known = sheetsFor([plain], Object.keys(row));
  const mapped = mapRow(row, plain, known!.sheets[0]!);
  return mapped.type === 'bad' ? mapped : readPastEvent(mapped.eventAt(0), now);
};
const contact = { id: 'c1', email: 'jo@acme.example', updated_at: '2026-01-02' };

describe('the plain mapping', () => {
  it('reads an engagement, at its own time', () => {
    expect(
      read({
        id: 'e1',
        kind: 'page-viewed',
        occurred_at: '2026-01-02 10:00',
        email: 'jo@acme.example',
        asset: 'a',
      }),
    ).toEqual({
      at: '2026-01-02T10:00:00.000Z',
      event: {
        type: 'EngagementRecorded',
        detail: {
          id: 'e1',
          kind: 'page-viewed',
          occurredAt: '2026-01-02T10:00:00.000Z',
          lead: { email: 'jo@acme.example' },
          properties: { asset: 'a' },
        },
      },
    });
  });

  it('reads numbers as numbers, and times as times', () => {
    const row = {
      ...contact,
      employees: '240',
      age_band: '30-39',
      consent: 'opt-in',
      consent_at: '2025-12-24',
      consent_proof: 'form',
    };
    expect(read(row)).toMatchObject({
      event: {
        detail: {
          traits: { employees: 240, ageBand: '30-39' },
          consent: { basis: 'opt-in', at: '2025-12-24T00:00:00.000Z', proof: 'form' },
        },
      },
    });
  });

  it.each([
    [
      'no number where one is expected',
      { ...contact, employees: 'many' },
      'traits.employees is not as it should be (number)',
    ],
    [
      'no time where one is expected',
      { ...contact, consent: 'opt-in', consent_at: 'soon', consent_proof: 'x' },
      'consent.at is not as it should be (iso_timestamp)',
    ],
    ['nobody', { ...contact, email: '' }, 'lead is missing'],
    ['the future', { ...contact, updated_at: '2026-12-01' }, 'lies in the future'],
  ])('refuses a row that says %s', (_, row, reason) => {
    expect(read(row)).toMatchObject({ reason });
  });

  it('reads companies and deals', () => {
    expect(
      read({ id: 'x', domain: 'Acme.example', status: 'customer', updated_at: '2026-01-02' }),
    ).toMatchObject({
      event: { type: 'AccountChanged', detail: { domain: 'acme.example', at: '2026-01-02T00:00:00.000Z' } },
    });
    expect(
      read({ id: 'd', email: 'jo@acme.example', outcome: 'won', closed_at: '2026-01-02' }),
    ).toMatchObject({
      event: { type: 'DealChanged', detail: { outcome: 'won' } },
    });
  });
});

it('an unknown mapping is refused, with those that ship', async () => {
  await expect(mappingsFor('nothing')).rejects.toThrow(UsageError);
  await expect(mappingsFor('nothing')).rejects.toThrow(/olist, plain/);
});
