import type { Ports } from '../../infra/cli/in-process/jobs.ts';
import type { PlantedBug } from '../../infra/cli/in-process/planted-bug.ts';
import type { QueuedEvent } from '../../infra/cli/in-process/queues.ts';
import { verdictOn } from '../../shared/domain/counted.ts';
import { admit } from '../../shared/domain/fold/admit.ts';
import { scoringKey } from '../../shared/domain/fold/scoring-index.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import { nextDueOf } from '../../shared/domain/handoff-tiers.ts';
import { RecentList, withEntries } from '../../shared/domain/timeline.ts';
import { letsCount } from '../../shared/domain/verdict.ts';
import type { FactType } from '../../shared/events/facts.ts';
import type { WorkerName } from '../../shared/events/subscriptions.ts';
import type { Aggregates, Change, LeadPairStore, LeadStore } from '../../shared/ports.ts';

type AnyAggregates = Aggregates<Record<string, unknown>>;
type Commit = AnyAggregates['commit'];

const withSave = (
  { load, known, timeline, pause, saveBoth }: LeadPairStore,
  save: LeadStore['save'],
): LeadPairStore => ({ load, known, timeline, pause, save, saveBoth });

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

/** What leaves a lead is taken out of it in the write that decides so: whoever saves first has never heard of it. */
const freezeAndDropInOneWrite = (): PlantedBug => ({
  leadItems: (items) => ({
    ...items,
    async putHead(leadId, loaded, next) {
      const { frozen, ...log } = next.log;
      const recent = withEntries(log.recent.all(), next.fresh);
      const leaving = recent.filter(({ id }) => frozen.has(id));
      if (leaving.length === 0) return items.putHead(leadId, loaded, next);
      await items.putChunk(leadId, leaving);
      const left = new RecentList(recent.filter(({ id }) => !frozen.has(id)));
      return items.putHead(leadId, loaded, {
        ...next,
        log: { ...log, recent: left, frozen: new Set() },
        fresh: [],
      });
    },
  }),
});

/** What was judged before it came is added up all the same. */
const ignoreVerdictsOfBefore = (): PlantedBug => ({
  ports: (ports) => ({
    ...ports,
    leads: withSave(ports.leads, async (leadId, loaded, next) => {
      const { policy } = await ports.policy.current(next.state.policy.sequence);
      const { entries = [] } = next;
      const judged = entries.filter(({ id }) => !letsCount(verdictOn(next.state, id)));
      const tally = judged.reduce((sum, entry) => admit(sum, entry, [], policy).tally, next.state.tally);
      return ports.leads.save(leadId, loaded, { ...next, state: { ...next.state, tally } });
    }),
  }),
});

/** A lead is taken for one that is scored by the policy in force, whichever it was folded with. */
const keepTheTallyOfTheOldPolicy = (): PlantedBug => ({
  ports: (ports) => ({
    ...ports,
    leads: {
      ...withSave(ports.leads, ports.leads.save),
      async load(leadId, freshness) {
        const loaded = await ports.leads.load(leadId, freshness);
        if (loaded.state === undefined) return loaded;
        const { policy } = await ports.policy.current();
        return {
          ...loaded,
          state: { ...loaded.state, policy: { ...loaded.state.policy, scoring: scoringKey(policy) } },
        };
      },
    },
  }),
});

/** Who works in sales is read once. */
const neverReadTheRosterAgain = (): PlantedBug => {
  let first: unknown;
  return {
    ports: (ports) => {
      const { load, commit, pause } = ports.sales as unknown as AnyAggregates;
      const sales: AnyAggregates = {
        commit,
        pause,
        async load(kind, id) {
          const loaded = await load(kind, id);
          if (kind !== 'roster' || loaded.state === undefined) return loaded;
          first ??= loaded.state;
          return { ...loaded, state: first };
        },
      };
      return { ...ports, sales: sales as unknown as Ports['sales'] };
    },
  };
};

/** Time is given, or taken, and no deadline waits for it. */
const leaveThePlan = (told: FactType) => (): PlantedBug => ({
  ports: (ports) => {
    const { load, commit, pause } = ports.sales;
    const changed = async (change: Parameters<typeof commit>[0][number]) => {
      if (change.kind !== 'handoff' || change.facts.every(({ type }) => type !== told)) return change;
      const { state: before } = await load('handoff', change.id);
      if (before === undefined) return change;
      const state = { ...(change.state as Handoff), plan: before.plan };
      return { ...change, state, dueAt: nextDueOf(state)! };
    };
    const sales: Ports['sales'] = {
      load,
      pause,
      commit: async (changes) => commit(await Promise.all(changes.map(changed))),
    };
    return { ...ports, sales };
  },
});

/** What happened elsewhere is taken for what happens now. */
const takeHistoryForNews = (): PlantedBug => ({
  batch: (worker: WorkerName, run) => async (events) => {
    const isHistory = (event: unknown) =>
      worker === 'score-lead' && (event as QueuedEvent)['detail-type'] === 'HistoryImported';
    const parts = await Promise.all(
      events.filter(isHistory).map((event) => {
        const { detail } = event as Readonly<{ detail: { events: { type: string; detail: unknown }[] } }>;
        return run(
          detail.events
            .filter(({ type }) => type !== 'DealChanged')
            .map((past) => ({ 'detail-type': past.type, detail: past.detail })),
        );
      }),
    );
    const others = [...(await run(events.filter((event) => !isHistory(event))))];
    const failed = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
      outcomes.find(({ status }) => status === 'rejected') ?? {
        status: 'fulfilled' as const,
        value: undefined,
      };
    const ofHistory = parts.map(failed);
    return events.map((event) => (isHistory(event) ? ofHistory.shift()! : others.shift()!));
  },
});

/** Who was merged goes on as before. */
const forgetMerges = (): PlantedBug => ({
  ports: (ports) => ({
    ...ports,
    leads: {
      ...withSave(ports.leads, ports.leads.save),
      async load(leadId, freshness) {
        const loaded = await ports.leads.load(leadId, freshness);
        if (loaded.state?.mergedInto === undefined || freshness !== 'stale') return loaded;
        const { mergedInto: _, ...state } = loaded.state;
        return { ...loaded, state };
      },
    },
  }),
});

export const plantedBugs: Readonly<Record<string, () => PlantedBug>> = {
  'drop the version condition': dropTheVersionCondition,
  'write the fact after the item': writeTheFactAfterTheItem,
  'skip facts that look old': skipFactsThatLookOld,
  'move dueAt before deciding': moveDueAtBeforeDeciding,
  'write the head before its chunk': writeTheHeadBeforeItsChunk,
  'believe stale reads': believeStaleReads,
  'freeze and drop in one write': freezeAndDropInOneWrite,
  'ignore verdicts of before': ignoreVerdictsOfBefore,
  'keep the tally of the old policy': keepTheTallyOfTheOldPolicy,
  'never read the roster again': neverReadTheRosterAgain,
  'give no time': leaveThePlan('HandoffGivenUntil'),
  'pause nothing': leaveThePlan('HandoffPaused'),
  'take history for news': takeHistoryForNews,
  'forget merges': forgetMerges,
};
