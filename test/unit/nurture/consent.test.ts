import { describe, expect, it } from 'vitest';
import {
  confirmConsent,
  consentBasis,
  optOut,
  sameAddress,
  stateConsent,
  unknownAddress,
} from '../../../shared/domain/consent.ts';
import type { Address } from '../../../shared/domain/nurture.ts';
import { HOUR, later } from '../../../shared/domain/time.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

const t0 = '2026-11-24T09:00:00.000Z';
const t1 = later(t0, HOUR);
const t2 = later(t0, 2 * HOUR);
const address = (overrides: Partial<Address> = {}): Address => ({ ...unknownAddress(t0), ...overrides });
const statement = (overrides = {}) =>
  ({ factId: 'f1', leadId: 'l', basis: 'opt-in', statedAt: t1, proof: 'form 7', ...overrides }) as const;

describe('a statement of consent', () => {
  it.each<[string, Address, 'opt-in' | 'double-opt-in', 'opt-in' | 'double-opt-in', Address['marketing']]>([
    ['a yes where a yes is enough', address(), 'opt-in', 'opt-in', 'granted'],
    ['a yes where it must be confirmed', address(), 'opt-in', 'double-opt-in', 'requested'],
    ['a wish to be asked', address(), 'double-opt-in', 'opt-in', 'requested'],
    ['a yes after a request', address({ marketing: 'requested' }), 'opt-in', 'opt-in', 'granted'],
    ['a second request', address({ marketing: 'requested' }), 'double-opt-in', 'opt-in', 'requested'],
  ])('%s', (_, before, basis, needed, marketing) => {
    const { state, facts } = stateConsent(before, statement({ basis }), needed, t2);
    expect(state).toMatchObject({ marketing, changedAt: t2, applied: ['f1'] });
    expect(state.proof).toContain('form 7');
    expect(facts).toMatchObject([{ type: 'ConsentChanged', marketing, leadId: 'l' }]);
  });

  it.each<[string, Address, string]>([
    ['that was applied', address({ applied: ['f1'] }), t1],
    ['of somebody who agreed before', address({ marketing: 'granted' }), t1],
    ['from before the opt-out', address({ marketing: 'opted-out', changedAt: t1 }), t1],
    ['about an address that complained', address({ suppressed: 'complaint' }), t1],
  ])('changes nothing if it is one %s', (_, before, statedAt) => {
    const { state, facts } = stateConsent(before, statement({ statedAt }), 'opt-in', t2);
    expect(state).toBe(before);
    expect(facts).toEqual([]);
  });

  it.each<['opt-in' | 'double-opt-in']>([['opt-in'], ['double-opt-in']])(
    'that was confirmed elsewhere grants, where %s is needed',
    (needed) => {
      const { state, facts } = stateConsent(address(), statement({ basis: 'confirmed' }), needed, t2);
      expect(state).toMatchObject({ marketing: 'granted', basis: 'double-opt-in' });
      expect(state.proof).toContain('confirmed stated at');
      expect(facts).toMatchObject([{ marketing: 'granted', reason: 'confirmed' }]);
    },
  );

  it('of history grants what is enough', () => {
    const { state, facts } = stateConsent(address(), statement({ imported: true }), 'opt-in', t2);
    expect(state.marketing).toBe('granted');
    expect(facts).toMatchObject([{ marketing: 'granted' }]);
  });

  it.each<[string, 'opt-in' | 'double-opt-in', 'opt-in' | 'double-opt-in']>([
    ['a yes where it must be confirmed', 'opt-in', 'double-opt-in'],
    ['a wish to be asked', 'double-opt-in', 'opt-in'],
  ])('of history keeps the proof of %s, and asks nobody', (_, basis, needed) => {
    const { state, facts } = stateConsent(address(), statement({ basis, imported: true }), needed, t2);
    expect(state).toMatchObject({ marketing: 'none', basis, applied: ['f1'] });
    expect(state.proof).toContain('form 7');
    expect(facts).toEqual([]);
    const live = stateConsent(state, statement({ factId: 'f2', basis: 'double-opt-in' }), needed, t2);
    expect(live.facts).toMatchObject([{ marketing: 'requested' }]);
  });

  it('of history never touches an opt-out, nor a question that is open', () => {
    for (const marketing of ['opted-out', 'requested'] as const) {
      const before = address({ marketing });
      expect(stateConsent(before, statement({ imported: true }), 'double-opt-in', t2).state).toBe(before);
    }
    const out = address({ marketing: 'opted-out' });
    expect(stateConsent(out, statement({ imported: true, basis: 'confirmed' }), 'opt-in', t2).state).toBe(
      out,
    );
  });

  it('after an opt-out only asks, and the opt-out stands', () => {
    const before = address({ marketing: 'opted-out', changedAt: t0 });
    const { state, facts } = stateConsent(before, statement(), 'opt-in', t2);
    expect(state).toMatchObject({ marketing: 'opted-out', changedAt: t0, requestedAt: t2 });
    expect(facts).toMatchObject([{ marketing: 'requested' }]);
  });
});

describe('a confirmation', () => {
  const confirmation = { leadId: 'l', enrolmentId: 'e-1', requestedAt: t1 };

  it('grants, with proof', () => {
    const { state, facts, granted } = confirmConsent(
      address({ marketing: 'requested', proof: 'form 7' }),
      confirmation,
      t2,
    );
    expect(granted).toBe(true);
    expect(state).toMatchObject({ marketing: 'granted', basis: 'double-opt-in', changedAt: t2 });
    expect(state.proof).toMatch(/form 7.*e-1/);
    expect(state.proof).toContain(t2);
    expect(facts).toHaveLength(1);
  });

  it('overrides an opt-out from before it was asked for', () => {
    const { granted } = confirmConsent(address({ marketing: 'opted-out', changedAt: t0 }), confirmation, t2);
    expect(granted).toBe(true);
  });

  it.each([t1, t2])('does not override an opt-out from after that (%s)', (changedAt) => {
    const before = address({ marketing: 'opted-out', changedAt });
    expect(confirmConsent(before, confirmation, t2)).toEqual({ state: before, facts: [], granted: false });
  });

  it('of what is granted changes nothing', () => {
    const before = address({ marketing: 'granted' });
    expect(confirmConsent(before, confirmation, t2)).toEqual({ state: before, facts: [], granted: true });
  });
});

describe('an opt-out', () => {
  it.each<Address['marketing']>(['none', 'requested', 'granted'])('ends %s', (marketing) => {
    const { state, facts } = optOut(address({ marketing }), 'l', t2);
    expect(state).toMatchObject({ marketing: 'opted-out', changedAt: t2 });
    expect(facts).toMatchObject([{ marketing: 'opted-out', reason: 'unsubscribed' }]);
  });

  it('twice is once', () => {
    const before = address({ marketing: 'opted-out' });
    expect(optOut(before, 'l', t2).state).toBe(before);
  });

  it('also withdraws a question that is still open', () => {
    const asked = address({ marketing: 'opted-out', changedAt: t0, requestedAt: t1 });
    const { state } = optOut(asked, 'l', t2);
    expect(confirmConsent(state, { leadId: 'l', enrolmentId: 'e', requestedAt: t1 }, t2).granted).toBe(false);
  });
});

it.each([
  ['DE', 'double-opt-in'],
  ['GB', 'opt-in'],
  [undefined, 'opt-in'],
])('the basis in %s is %s', (country, basis) => {
  expect(consentBasis(country, defaultPolicy())).toBe(basis);
});

it('addresses that differ only in case are one', () => {
  expect(sameAddress(' Jo@X.Example')).toBe('jo@x.example');
});
