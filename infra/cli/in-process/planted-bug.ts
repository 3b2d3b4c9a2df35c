import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import type { LeadItems } from '../../../shared/leads/log/lead-items.ts';
import type { DueIndex } from '../../../shared/ports.ts';
import type { FaultyCall } from '../../../shared/simulation/faulty-instance.ts';
import type { MemoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import type { Ports, RunBatch } from './jobs.ts';

/** A bug put in on purpose, around what the functions are made of: to see that it is found. */
export type PlantedBug = Readonly<{
  leadItems?: (items: LeadItems) => LeadItems;
  ports?: (ports: Ports, call: FaultyCall) => Ports;
  dueIndex?: (index: DueIndex, table: MemoryTable) => DueIndex;
  batch?: (worker: WorkerName, run: RunBatch) => RunBatch;
}>;
