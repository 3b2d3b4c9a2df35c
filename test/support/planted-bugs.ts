import type { Ports } from '../../infra/cli/in-process/jobs.ts';
import type { PlantedBug } from '../../infra/cli/in-process/planted-bug.ts';
import type { WorkerName } from '../../shared/events/subscriptions.ts';
import type { Aggregates, Change, LeadStore } from '../../shared/ports.ts';

type AnyAggregates = Aggregates<Record<string, unknown>>;
type Commit = AnyAggregates['commit'];

const withSave = ({ load, known, timeline, pause }: LeadStore, save: LeadStore['save']): LeadStore => ({
  load,
  known,
  timeline,
  pause,
  save,
});

/** Every table's commit replaced; `load` gives the current version. */
const withCommit = (
  ports: Ports,
  commitOf: (table: AnyAggregates) => Commit,
  saveOf: (leads: LeadStore) => LeadStore['save'],
): Ports => {
  const changed = <A>(table: A): A =>
    ({ ...pick(table), commit: commitOf(table as AnyAggregates) }) as unknown as A;
  const pick = (table: unknown) => {
    const { load, pause } = table as AnyAggregates;
    return { load, pause };
  };
  return {
    ...ports,
    leads: withSave(ports.leads, saveOf(ports.leads)),
    sales: changed(ports.sales),
    nurture: changed(ports.nurture),
    notices: changed(ports.notices),
    journeys: changed(ports.journeys),
  };
};

/** Whoever saves last wins. */
const dropTheVersionCondition = (): PlantedBug => ({
  ports: (ports) =>
    withCommit(
      ports,
      (table) => async (changes) => {
        const current = await Promise.all(changes.map(({ kind, id }) => table.load(kind, id)));
        return table.commit(changes.map((change, i) => ({ ...change, version: current[i]!.version })));
      },
      (leads) => async (leadId, loaded, next) => {
        const { version } = await leads.load(leadId);
        return leads.save(leadId, { ...loaded, version } as typeof loaded, next);
      },
    ),
});

/** The item first, its facts in a second write: without those in between, an item that nobody hears of. */
const writeTheFactAfterTheItem = (): PlantedBug => ({
  ports: (ports) =>
    withCommit(
      ports,
      (table) => async (changes) => {
        const saved = await table.commit(changes.map((change) => ({ ...change, facts: [] })));
        if (saved === 'conflict' || changes.every(({ facts }) => facts.length === 0)) return saved;
        return table.commit(await againWithFacts(table, changes));
      },
      (leads) => async (leadId, loaded, next) => {
        const saved = await leads.save(leadId, loaded, { ...next, facts: [] });
        if (saved === 'conflict' || next.facts.length === 0) return saved;
        const written = await leads.load(leadId);
        return leads.save(leadId, written, { ...next, state: written.state ?? next.state });
      },
    ),
});

const againWithFacts = (table: AnyAggregates, changes: readonly Change[]) =>
  Promise.all(
    changes.map(async ({ kind, id, facts, dueAt, state: written }) => {
      const { version, state = written } = await table.load(kind, id);
      return { kind, id, version, state, facts, ...(dueAt === undefined ? {} : { dueAt }) };
    }),
  );

/** A consumer that knows a newer fact of the same lead takes an older one for done. */
const skipFactsThatLookOld = (): PlantedBug => {
  const newest = new Map<string, string>();
  return {
    batch: (worker: WorkerName, run) => (events) => {
      const skipped = events.map((event) => {
        const { leadId, at, factId } = (event as { detail: Record<string, string> }).detail;
        if (factId === undefined || leadId === undefined || at === undefined) return false;
        const key = `${worker} ${leadId}`;
        const isOld = at < (newest.get(key) ?? '');
        if (!isOld) newest.set(key, at);
        return isOld;
      });
      return run(events.filter((_, i) => !skipped[i])).then((outcomes) => {
        const left = [...outcomes];
        return skipped.map((skip) => (skip ? { status: 'fulfilled', value: undefined } : left.shift()!));
      });
    },
  };
};

/** Taking a handoff up moves its due time: whoever then stops has forgotten it. */
const moveDueAtBeforeDeciding = (): PlantedBug => ({
  dueIndex: (index, { items }) => ({
    ...index,
    async due(now, limit) {
      const found = await index.due(now, limit);
      for (const { kind, id } of found) {
        const item = items.find(kind, id);
        if (kind !== 'handoff' || item === undefined) continue;
        const { dueAt: _, ...undue } = item;
        items.put({ ...undue, facts: [] });
      }
      return found;
    },
  }),
});

/** What leaves a lead is written after the lead: who stops in between has lost it. */
const writeTheHeadBeforeItsChunk = (): PlantedBug => ({
  leadItems(items) {
    const aside = new Map<string, (() => Promise<void>)[]>();
    const later = (leadId: string, put: () => Promise<void>) =>
      aside.set(leadId, [...(aside.get(leadId) ?? []), put]);
    return {
      ...items,
      putChunk: async (leadId, entries) => void later(leadId, () => items.putChunk(leadId, entries)),
      putMarker: async (leadId, entry) => void later(leadId, () => items.putMarker(leadId, entry)),
      async putHead(leadId, loaded, next) {
        const puts = aside.get(leadId) ?? [];
        aside.delete(leadId);
        const outcome = await items.putHead(leadId, loaded, next);
        if (outcome === 'saved') for (const put of puts) await put();
        return outcome;
      },
    };
  },
});

/** What a lead was a moment ago is taken for what it is, also where that means that there is nothing to do. */
const believeStaleReads = (): PlantedBug => ({
  leadItems: (items) => ({ ...items, head: (leadId) => items.head(leadId, 'stale') }),
});

export const plantedBugs: Readonly<Record<string, () => PlantedBug>> = {
  'drop the version condition': dropTheVersionCondition,
  'write the fact after the item': writeTheFactAfterTheItem,
  'skip facts that look old': skipFactsThatLookOld,
  'move dueAt before deciding': moveDueAtBeforeDeciding,
  'write the head before its chunk': writeTheHeadBeforeItsChunk,
  'believe stale reads': believeStaleReads,
};
