import type { Lead } from '../domain/lead.ts';
import type { LeadRecordStates } from '../domain/lead-records.ts';
import { accountReader, leadReader } from '../leads/lead-reader.ts';
import type { AccountReader, LeadReader, LeadRecords, LeadStore, WaitingLeads } from '../ports.ts';
import { type MemoryTable, memoryAggregates } from './memory-aggregates.ts';

/** The leads table in memory; its facts and due times are where those of every `MemoryTable` are. */
export const memoryLeads = (table: MemoryTable): LeadStore => {
  const aggregates = memoryAggregates<{ lead: Lead }>(table);
  return {
    async load(leadId) {
      const loaded = await aggregates.load('lead', leadId);
      const dueAt = table.items.find('lead', leadId)?.dueAt;
      return { ...loaded, archived: new Set(), ...(dueAt === undefined ? {} : { dueAt }) };
    },
    save: (leadId, { version }, next) => aggregates.commit([{ kind: 'lead', id: leadId, version, ...next }]),
    pause: aggregates.pause,
  };
};

export const memoryWaitingLeads = (table: MemoryTable): WaitingLeads => ({
  async *ids() {
    // This kind has this state.
    for (const { kind, id, state, dueAt } of table.items.values())
      if (kind === 'lead' && dueAt === undefined && (state as Lead).wouldBeMql !== undefined) yield id;
  },
});

export const memoryLeadRecords = (table: MemoryTable): LeadRecords =>
  memoryAggregates<LeadRecordStates>(table);

export const memoryLeadReader = (table: MemoryTable): LeadReader =>
  leadReader({ leads: memoryLeads(table), records: memoryLeadRecords(table) });

export const memoryAccountReader = (table: MemoryTable): AccountReader =>
  accountReader({ records: memoryLeadRecords(table) });
