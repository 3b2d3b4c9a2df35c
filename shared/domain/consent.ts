import type { Fact, FactOf } from '../events/facts.ts';
import type { Policy } from '../policy/schema.ts';
import type { Decision } from './decision.ts';
import type { Address } from './nurture.ts';
import type { Instant } from './time.ts';

/** An address of which nothing is known. */
export const unknownAddress = (now: Instant): Address => ({ marketing: 'none', changedAt: now, applied: [] });

/** Addresses that differ only in case are one: what the key of an address is made of. */
export const sameAddress = (email: string): string => email.trim().toLowerCase();

/** So many statements are remembered: one that comes again after that many others changes at most the proof. */
const remembered = 20;
const longestProof = 1000;

/** Which basis marketing mail needs where the lead lives. */
export const consentBasis = (country: string | undefined, { mail }: Pick<Policy, 'mail'>) =>
  (country === undefined ? undefined : mail.consent[country]) ?? mail.consent.default ?? 'double-opt-in';

type Statement = Pick<
  FactOf<'ConsentStated'>,
  'factId' | 'leadId' | 'basis' | 'statedAt' | 'proof' | 'imported'
>;

/**
 * What a statement of consent changes. A yes is enough where the country's basis is opt-in, and everywhere if it was
 * confirmed; elsewhere, and after an opt-out, the owner of the address is asked to confirm. An opt-out stays one until
 * then; a statement from before it, or about an address that complained, changes nothing. Of an imported statement that
 * is not enough the proof is kept, and nobody is asked.
 */
export const stateConsent = (
  address: Address,
  statement: Statement,
  needed: 'opt-in' | 'double-opt-in',
  now: Instant,
): Decision<Address> => {
  const unchanged = { state: address, facts: [] };
  if (address.applied.includes(statement.factId) || address.marketing === 'granted') return unchanged;
  if (address.suppressed === 'complaint') return unchanged;
  const optedOut = address.marketing === 'opted-out';
  if (optedOut && statement.statedAt <= address.changedAt) return unchanged;

  const applied = [...address.applied, statement.factId].slice(-remembered);
  const { basis, imported = false } = statement;
  const base = {
    ...address,
    applied,
    basis: basis === 'confirmed' ? ('double-opt-in' as const) : basis,
    proof: proofOf(statement),
  };
  if (!optedOut && (basis === 'confirmed' || (basis === 'opt-in' && needed === 'opt-in')))
    return {
      state: { ...base, marketing: 'granted', changedAt: now },
      facts: [changed(statement.leadId, now, 'granted', basis)],
    };
  if (imported) return address.marketing === 'none' ? { state: base, facts: [] } : unchanged;
  return {
    state: optedOut
      ? { ...base, requestedAt: now }
      : { ...base, marketing: 'requested', changedAt: now, requestedAt: now },
    facts: [changed(statement.leadId, now, 'requested', 'double-opt-in')],
  };
};

/** What a confirmation link says: which mail it was in, and when the question was put. */
export type Confirmation = Readonly<{ leadId: string; enrolmentId: string; requestedAt: Instant }>;

/**
 * The owner of the address said yes in a mail. Only that overrides an opt-out, and only if the question was put after
 * it. `refused`: it was put before.
 */
export const confirmConsent = (
  address: Address,
  { leadId, enrolmentId, requestedAt }: Confirmation,
  now: Instant,
): Decision<Address> & Readonly<{ granted: boolean }> => {
  if (address.marketing === 'granted') return { state: address, facts: [], granted: true };
  if (address.marketing === 'opted-out' && requestedAt <= address.changedAt)
    return { state: address, facts: [], granted: false };
  const click = `confirmed at ${now} in the mail of enrolment ${enrolmentId}, asked at ${requestedAt}`;
  const proof = [address.proof, click].filter((part) => part !== undefined).join('; ');
  return {
    state: {
      ...address,
      marketing: 'granted',
      basis: 'double-opt-in',
      proof: proof.slice(-longestProof),
      changedAt: now,
    },
    facts: [changed(leadId, now, 'granted', 'confirmed')],
    granted: true,
  };
};

/** No marketing mail from now on, and no question that is still open. */
export const optOut = (address: Address, leadId: string, now: Instant): Decision<Address> => {
  const asked = address.requestedAt !== undefined && address.requestedAt > address.changedAt;
  if (address.marketing === 'opted-out' && !asked) return { state: address, facts: [] };
  return {
    state: { ...address, marketing: 'opted-out', changedAt: now },
    facts: [changed(leadId, now, 'opted-out', 'unsubscribed')],
  };
};

const proofOf = ({ basis, statedAt, proof }: Statement): string => `${basis} stated at ${statedAt}: ${proof}`;

const changed = (
  leadId: string,
  at: Instant,
  marketing: FactOf<'ConsentChanged'>['marketing'],
  reason: string,
): Fact => ({ type: 'ConsentChanged', leadId, at, marketing, reason });
