import { makeReconcile } from '../../../functions/reconcile/reconcile.ts';
import { makeRelayFacts } from '../../../functions/relay-facts/relay-facts.ts';
import { makeTick } from '../../../functions/tick/tick.ts';
import { outboxText } from '../../../shared/adapters/outbox.ts';
import type { ApiAnswer, ApiCall } from '../../../shared/api/api-call.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import { earliest, epochOf, type Instant } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import { leadEvidenceReader, leadReader } from '../../../shared/leads/lead-reader.ts';
import type { LeadItems } from '../../../shared/leads/log/lead-items.ts';
import type { PageRequest, PageResponse } from '../../../shared/pages/page-request.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { Faults } from '../../../shared/simulation/faults.ts';
import {
  type FaultyGround,
  type FaultyInstance,
  faultyInstance,
} from '../../../shared/simulation/faulty-instance.ts';
import { faultyMailer, type MailAttempt } from '../../../shared/simulation/faulty-mailer.ts';
import { faultyStream } from '../../../shared/simulation/faulty-stream.ts';
import { laggingLeadItems } from '../../../shared/simulation/lagging-lead-items.ts';
import {
  type MemoryTable,
  memoryDueIndex,
  memoryOpenIndex,
} from '../../../shared/simulation/memory-aggregates.ts';
import { memoryMetrics } from '../../../shared/simulation/memory-metrics.ts';
import { memoryMqlPace } from '../../../shared/simulation/memory-mql-pace.ts';
import { openTokens } from '../../../shared/simulation/open-tokens.ts';
import { VirtualEvents } from '../../../shared/simulation/virtual-events.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { type FaultyBusOptions, faultyBus } from './faulty-bus.ts';
import { faultyPorts } from './faulty-ports.ts';
import { faultyReconcile, faultyTick } from './faulty-timers.ts';
import {
  type ApiName,
  apiNames,
  inProcessApis,
  inProcessPages,
  type PageName,
  type Ports,
  pageNames,
  type RunBatch,
  workers,
} from './jobs.ts';
import type { PlantedBug } from './planted-bug.ts';
import { policyVersions } from './policy-versions.ts';
import { workerNames } from './queues.ts';
import { memoryWorld } from './world.ts';

/** So few that most leads have a past that was moved away. */
const fewAtHand = 7;
/** So few that longer ones wait until a new policy is applied to them. */
const fewAnew = 15;

/** Hears what happens, in order. */
export type Watcher = Pick<FaultyBusOptions, 'onDeadLetter' | 'onLost'> &
  Readonly<{
    /** A fact was saved with its item. */
    onFact: (fact: StampedFact, at: Instant) => void;
    onMail: (attempt: MailAttempt) => void;
    /** A function ran. */
    onRun: (name: string) => void;
    /** Somebody changed who works in sales. */
    onRoster: (roster: Roster, at: Instant) => void;
    /** Engagements are being moved away from their lead: a stretch of them, or one that came late. */
    onMove: (what: 'chunk' | 'marker') => void;
    /** A fault, or anything else that a story is made of: ids and names only. */
    tell: (what: string) => void;
  }>;

export type FaultySystemOptions = Pick<FaultyBusOptions, 'mayBeLost'> &
  Readonly<{
    startAt: Instant;
    policy: PublishedPolicy;
    roster: Roster;
    draws: Draws;
    faults: () => Faults;
    watcher: Watcher;
    bug?: PlantedBug;
  }>;

/** Every function that runs here: a test compares them with those of the template. */
export const simulatedFunctions: readonly string[] = [
  ...workerNames,
  ...pageNames,
  ...apiNames,
  'relay-facts',
  'tick',
  'reconcile',
];

/**
 * The whole of Baton in one process as `inProcessSystem` is, but as bad days are: every function runs in instances that
 * may stop between any two calls, several at once, and nothing on the way between them can be relied on.
 */
export const faultySystem = (options: FaultySystemOptions) => {
  const { draws, faults, watcher, bug = {}, mayBeLost } = options;
  const world = memoryWorld({
    ...options,
    recentAtMost: fewAtHand,
    longestAnew: fewAnew,
    pace: memoryMqlPace(),
    outside: (clock) => ({
      // Each instance has its own.
      mailer: { send: async () => ({ type: 'unknown' }) },
      topic: { publish: async () => undefined },
      metrics: memoryMetrics(),
      tokens: openTokens(clock),
    }),
  });
  const { clock, tables } = world;
  const events = new VirtualEvents(clock);
  const policies = policyVersions(options.policy, clock);
  const isBehind = () => draws.chance(faults().staleRead);
  const ground: FaultyGround = { events, draws, clock, faults, tell: watcher.tell };
  const ports: Ports = {
    ...world.ports,
    leadItems: watchedItems(
      laggingLeadItems(world.ports.leadItems, () => draws.chance(faults().staleRead)),
      watcher,
    ),
  };
  const ses = faultyMailer(ground, clock, watcher.onMail);

  const instanceOf = (name: string, spared = false): FaultyInstance => {
    watcher.onRun(name);
    return faultyInstance(ground, { name, spared });
  };
  const portsOf = (instance: FaultyInstance): Ports => {
    const own = faultyPorts(ports, instance, ses(instance.spared), policies.source(isBehind), bug.leadItems);
    return bug.ports?.(own, instance.call) ?? own;
  };
  const runOf = (worker: WorkerName, instance: FaultyInstance): RunBatch => {
    const run = workers[worker](portsOf(instance));
    return bug.batch?.(worker, run) ?? run;
  };

  const bus = faultyBus(ground, {
    mayBeLost,
    onLost: watcher.onLost,
    onDeadLetter: watcher.onDeadLetter,
    async handle(worker, batch, spared) {
      const instance = instanceOf(worker, spared);
      const run = runOf(worker, instance);
      const outcome = await instance.run(() => run(batch));
      return outcome.type === 'done' ? outcome.value : undefined;
    },
  });

  const streams = [tables.leads, tables.sales, tables.nurture].map((table) => ({
    table,
    stream: faultyStream(ground, {
      name: 'a stream',
      async handle(batch, spared) {
        const instance = instanceOf('relay-facts', spared);
        const relayFacts = makeRelayFacts({ bus: instance.wrap(bus.ofStreams, 'bus') });
        return (await instance.run(() => relayFacts(batch.map(outboxText)))).type === 'done';
      },
    }),
  }));
  const rosterNow = (): Roster =>
    // This kind has this state, and there always is one.
    tables.sales.items.find('roster', 'current')?.state as Roster;
  let rosterTold: Roster | undefined;
  const pump = () => {
    const roster = rosterNow();
    if (roster !== rosterTold) watcher.onRoster(roster, clock.now());
    rosterTold = roster;
    for (const { table, stream } of streams) {
      if (table.stream.length === 0) continue;
      const facts = table.stream.splice(0);
      for (const fact of facts) watcher.onFact(fact, clock.now());
      stream.push(facts);
    }
  };

  const source = ({ wrap }: FaultyInstance, table: MemoryTable, worker: WorkerName, leased = false) => {
    const index = memoryDueIndex(table);
    return {
      index: wrap(bug.dueIndex?.(index, table) ?? index, `due for ${worker}`),
      queue: wrap(bus.queueOf(worker), `queue of ${worker}`),
      leased,
    };
  };
  const tick = () => {
    const instance = instanceOf('tick');
    const sources = [
      source(instance, tables.leads, 'advance-lead'),
      {
        ...source(instance, tables.sales, 'watch-sla'),
        open: instance.wrap(memoryOpenIndex(tables.sales), 'open handoffs'),
      },
      source(instance, tables.nurture, 'send-nurture-mail', true),
      source(instance, tables.notices, 'notify-sales'),
    ];
    void instance.run(makeTick({ sources, metrics: world.ports.metrics, clock: instance.clock }));
  };
  const reconcile = () => {
    const instance = instanceOf('reconcile');
    const ports = portsOf(instance);
    void instance.run(
      makeReconcile({
        ...ports,
        leadStore: ports.leads,
        leads: ports.leadReader,
        handoffs: ports.sales,
        roster: ports.sales,
        dueLeads: instance.wrap(memoryDueIndex(tables.leads), 'due leads'),
        dueHandoffs: instance.wrap(memoryDueIndex(tables.sales), 'due handoffs'),
        bus: instance.wrap(bus.ofReconcile, 'bus'),
      }),
    );
  };
  const dueIn = (table: MemoryTable) => () => table.items.firstDue();
  const firstDue = () =>
    earliest([tables.leads, tables.sales, tables.nurture, tables.notices].map((table) => dueIn(table)()));
  const ticks = faultyTick(ground, firstDue, tick);
  const reconciles = faultyReconcile(ground, [dueIn(tables.leads), dueIn(tables.sales)], reconcile);

  const truth = policies.source(() => false);
  return {
    ...world,
    /** Without any fault, for who looks at what came of it. */
    ports: {
      ...world.ports,
      policy: truth,
      leadReader: leadReader({ ...world.ports, policies: truth }),
      leadEvidence: leadEvidenceReader({ ...world.ports, policies: truth }),
    },
    events,
    waiting: bus.waiting,
    firstDue,
    /** A producer's event, on the bus. */
    put: ({ type, detail }: InboundEvent) => bus.route({ type, detail: JSON.parse(JSON.stringify(detail)) }),
    /** Timelines up to here are looked at anew when the policy changes. */
    longestAnew: fewAnew,
    /** Who works in sales. */
    roster: rosterNow,
    /** Policies that are published while the history is played. */
    policies,
    /** A command, straight into the queue of its worker. */
    command: (worker: WorkerName, { type, detail }: InboundEvent) =>
      void bus.queueOf(worker).send([{ type, detail: JSON.parse(JSON.stringify(detail)) }]),
    /** A call of another system. Undefined: no answer came. */
    async call(api: ApiName, route: string, call: ApiCall): Promise<ApiAnswer | undefined> {
      const instance = instanceOf(api);
      const serve = inProcessApis({ ports: portsOf(instance) })[api][route];
      if (serve === undefined) throw new RangeError(`${api} has no route ${route}`);
      const outcome = await instance.run(() => serve(call));
      return outcome.type === 'done' ? outcome.value : undefined;
    },
    /** A request of a browser. Undefined: no answer came. */
    async ask(page: PageName, request: PageRequest): Promise<PageResponse | undefined> {
      const instance = instanceOf(page);
      const serve = inProcessPages({ ports: portsOf(instance) })[page];
      const outcome = await instance.run(() => serve(request));
      return outcome.type === 'done' ? outcome.value : undefined;
    },
    /** Until then; the clock stands earlier if nothing is left that could happen. */
    async playUntil(until: Instant): Promise<void> {
      const end = epochOf(until);
      for (;;) {
        pump();
        const [next, tickAt, reconcileAt] = [
          events.next ?? Number.POSITIVE_INFINITY,
          ticks.next(),
          reconciles.next(),
        ];
        const first = Math.min(next, tickAt, reconcileAt);
        if (first > end) {
          if (Number.isFinite(first)) events.moveTo(end);
          return;
        }
        if (first === tickAt) ticks.fire(tickAt);
        else if (first === reconcileAt) reconciles.fire(reconcileAt);
        else await events.step();
      }
    },
  };
};

const watchedItems = (items: LeadItems, { onMove }: Watcher): LeadItems => ({
  ...items,
  putChunk(leadId, entries) {
    onMove('chunk');
    return items.putChunk(leadId, entries);
  },
  putMarker(leadId, entry) {
    onMove('marker');
    return items.putMarker(leadId, entry);
  },
});

export type FaultySystem = ReturnType<typeof faultySystem>;
