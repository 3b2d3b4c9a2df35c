import { memoryPolicyStore } from '../../shared/simulation/memory-policy-store.ts';
import { policyStoreContract } from '../support/policy-store-contract.ts';

policyStoreContract('memory', async () => {
  const store = memoryPolicyStore();
  return { store, source: () => store };
});
