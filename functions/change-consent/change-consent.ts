import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { consentBasis, sameAddress, stateConsent, unknownAddress } from '../../shared/domain/consent.ts';
import type { NurtureStates } from '../../shared/domain/nurture.ts';
import type { FactOf } from '../../shared/events/facts.ts';
import type { Aggregates, Clock, KeyedHash, LeadReader, PolicySource } from '../../shared/ports.ts';

export type ChangeConsentDeps = Readonly<{
  nurture: Aggregates<NurtureStates>;
  leads: LeadReader;
  hash: KeyedHash;
  policy: PolicySource;
  clock: Clock;
}>;

export type ChangeConsentOutcome = 'granted' | 'requested' | 'unchanged' | 'no-address';

/** Applies what a lead said about marketing mail to its address. A statement without an address to apply it to is void. */
export const makeChangeConsent =
  ({ nurture, leads, hash, policy, clock }: ChangeConsentDeps) =>
  async (statement: FactOf<'ConsentStated'>): Promise<ChangeConsentOutcome> => {
    const now = clock.now();
    const published = await policy.current();
    const lead = await leads.view(statement.leadId, published, now);
    const email = lead?.profile.email?.value;
    if (email === undefined) return 'no-address';
    const id = await hash.of(sameAddress(email));
    const needed = consentBasis(lead?.country, published.policy);
    return decideAndCommit<NurtureStates, ChangeConsentOutcome>(nurture, async () => {
      const loaded = await nurture.load('address', id);
      const before = loaded.state ?? unknownAddress(now);
      const { state, facts } = stateConsent(before, statement, needed, now);
      if (state === before) return { changes: [], result: 'unchanged' };
      return {
        changes: [changeOf('address', id, loaded, { state, facts })],
        result: state.marketing === 'granted' ? 'granted' : 'requested',
      };
    });
  };
