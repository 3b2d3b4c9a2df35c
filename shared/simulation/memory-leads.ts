import type { Lead } from '../domain/lead.ts';
import type { LeadRecordStates } from '../domain/lead-records.ts';
import { accountReader, leadEvidenceReader } from '../leads/lead-reader.ts';
import { leadLog } from '../leads/log/lead-log.ts';
import type {
  AccountReader,
  LeadEvidenceReader,
  LeadHeads,
  LeadPairStore,
  LeadRecords,
  PolicySource,
  WaitingLeads,
} from '../ports.ts';
import { type MemoryTable, memoryAggregates } from './memory-aggregates.ts';
import { fullAt, memoryLeadItems } from './memory-lead-items.ts';

/** The leads table in memory; its facts and due times are where those of every `MemoryTable` are. */
export const memoryLeads = (table: MemoryTable): LeadPairStore => leadLog(memoryLeadItems(table), fullAt(8));

export const memoryWaitingLeads = (table: MemoryTable): WaitingLeads =>
  leadsThat(table, ({ wouldBeMql }) => wouldBeMql !== undefined && wouldBeMql.held === undefined);

export const memoryHeldLeads = (table: MemoryTable): WaitingLeads =>
  leadsThat(table, ({ wouldBeMql }) => wouldBeMql?.held !== undefined);

const leadsThat = (table: MemoryTable, isWanted: (lead: Lead) => boolean): WaitingLeads => ({
  async *ids() {
    // This kind has this state.
    for (const { kind, id, state, dueAt } of table.items.values())
      if (kind === 'lead' && dueAt === undefined && isWanted(state as Lead)) yield id;
  },
});

export const memoryLeadHeads = (table: MemoryTable): LeadHeads => {
  const leads = memoryLeads(table);
  return {
    async *pages() {
      for (const { kind, id } of [...table.items.values()])
        if (kind === 'lead') yield [{ leadId: id, loaded: await leads.load(id) }];
    },
  };
};

export const memoryLeadRecords = (table: MemoryTable): LeadRecords =>
  memoryAggregates<LeadRecordStates>(table);

export const memoryLeadEvidenceReader = (
  table: MemoryTable,
  policies: Pick<PolicySource, 'published'>,
): LeadEvidenceReader =>
  leadEvidenceReader({ leads: memoryLeads(table), records: memoryLeadRecords(table), policies });

export const memoryAccountReader = (table: MemoryTable): AccountReader =>
  accountReader({ records: memoryLeadRecords(table) });
