import { memoryDueIndex, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import {
  memoryLeadEvidenceReader,
  memoryLeadRecords,
  memoryLeads,
  memoryWaitingLeads,
} from '../../shared/simulation/memory-leads.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { publishedDefaultPolicy } from '../support/default-policy.ts';
import { leadStoreContract } from './lead-store.contract.ts';

leadStoreContract('memory', async () => {
  const table = memoryTable();
  return {
    leads: memoryLeads(table),
    records: memoryLeadRecords(table),
    reader: memoryLeadEvidenceReader(table, onePolicy(publishedDefaultPolicy())),
    dueIndex: memoryDueIndex(table),
    waiting: memoryWaitingLeads(table),
    async outboxOf(leadId) {
      const facts = table.items.get(`lead#${leadId}`)?.facts ?? [];
      return facts.length === 0 ? undefined : JSON.stringify(facts);
    },
  };
});
