import {
  memoryAggregates,
  memoryDueIndex,
  memoryOpenIndex,
  memoryTable,
} from '../../shared/simulation/memory-aggregates.ts';
import { aggregatesContract } from '../support/aggregates-contract.ts';

aggregatesContract('memory', async () => {
  const table = memoryTable();
  return {
    aggregates: memoryAggregates(table),
    dueIndex: memoryDueIndex(table),
    openIndex: memoryOpenIndex(table),
    async outboxOf(kind, id) {
      const facts = table.items.get(`${kind}#${id}`)?.facts ?? [];
      return facts.length === 0 ? undefined : JSON.stringify(facts);
    },
  };
});
