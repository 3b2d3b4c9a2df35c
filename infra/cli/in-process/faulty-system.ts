import { makeReconcile } from '../../../functions/reconcile/reconcile.ts';
import { makeRelayFacts } from '../../../functions/relay-facts/relay-facts.ts';
import { makeTick } from '../../../functions/tick/tick.ts';
import { outboxText } from '../../../shared/adapters/outbox.ts';
import type { Roster } from '../../../shared/domain/roster.ts';
import { earliest, epochOf, type Instant, later, MINUTE } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { WorkerName } from '../../../shared/events/subscriptions.ts';
import { accountReader, leadReader } from '../../../shared/leads/lead-reader.ts';
import type { PageRequest, PageResponse } from '../../../shared/pages/page-request.ts';
import type { Bus, DueIndex, Message, PublishedPolicy, Queue } from '../../../shared/ports.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { Faults } from '../../../shared/simulation/faults.ts';
import {
  type FaultyCall,
  type FaultyGround,
  type FaultyInstance,
  faultyInstance,
} from '../../../shared/simulation/faulty-instance.ts';
import { faultyMailer, type MailAttempt } from '../../../shared/simulation/faulty-mailer.ts';
import { faultyQueue } from '../../../shared/simulation/faulty-queue.ts';
import { faultyStream } from '../../../shared/simulation/faulty-stream.ts';
import { type MemoryTable, memoryDueIndex } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryMetrics } from '../../../shared/simulation/memory-metrics.ts';
import { openTokens } from '../../../shared/simulation/open-tokens.ts';
import { VirtualEvents } from '../../../shared/simulation/virtual-events.ts';
import type { InboundEvent } from '../inbound-event.ts';
import { inProcessPages, type PageName, type RunBatch, workers } from './jobs.ts';
import { eventOf, listenersOf, type QueuedEvent, workerNames } from './queues.ts';
import { type MemoryWorld, memoryWorld } from './world.ts';

export type Ports = MemoryWorld['ports'];

/** A bug put in on purpose, around what the functions are made of: to see that it is found. */
export type PlantedBug = Readonly<{
  ports?: (ports: Ports, call: FaultyCall) => Ports;
  dueIndex?: (index: DueIndex, table: MemoryTable) => DueIndex;
  batch?: (worker: WorkerName, run: RunBatch) => RunBatch;
}>;

/** Hears what happens, in order. */
export type Watcher = Readonly<{
  /** A fact was saved with its item. */
  onFact: (fact: StampedFact, at: Instant) => void;
  /** It gets lost on its way to the bus. */
  onLost: (factId: string) => void;
  onMail: (attempt: MailAttempt) => void;
  onDeadLetter: (worker: WorkerName, event: QueuedEvent, reason: unknown) => void;
  /** A function ran. */
  onRun: (name: string) => void;
  /** A fault, or anything else that a story is made of: ids and names only. */
  tell: (what: string) => void;
}>;

export type FaultySystemOptions = Readonly<{
  startAt: Instant;
  policy: PublishedPolicy;
  roster: Roster;
  draws: Draws;
  faults: () => Faults;
  /** Whether this fact gets lost on its way to the bus; asked once for each. */
  mayBeLost: (fact: StampedFact) => boolean;
  watcher: Watcher;
  bug?: PlantedBug;
}>;

const reconcileEveryMs = 5 * MINUTE;
const longestOutageMinutes = 60;

/**
 * The whole of Baton in one process as {@link inProcessSystem} is, but as bad days are: every function runs in instances
 * that may stop between any two calls, several at once, and nothing on the way between them can be relied on.
 */
export const faultySystem = (options: FaultySystemOptions) => {
  const { startAt, draws, faults, watcher, bug = {} } = options;
  const world = memoryWorld({
    ...options,
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
  const ground: FaultyGround = { events, draws, clock, faults, tell: watcher.tell };

  const ses = faultyMailer({ draws, faults, tell: watcher.tell }, clock, watcher.onMail);

  const portsOf = ({ wrap, call, spared, clock: ownClock }: FaultyInstance): Ports => {
    const { ports } = world;
    const mailer = ses(spared);
    const leads = wrap(ports.leads, 'leads');
    const records = wrap(ports.records, 'records');
    const own: Ports = {
      ...ports,
      leads,
      records,
      leadReader: leadReader({ leads, records }),
      accounts: accountReader({ records }),
      sales: wrap(ports.sales, 'sales'),
      nurture: wrap(ports.nurture, 'nurture'),
      notices: wrap(ports.notices, 'notices'),
      journeys: wrap(ports.journeys, 'journeys'),
      rejected: wrap(ports.rejected, 'rejected'),
      rawLog: wrap(ports.rawLog, 'raw-log'),
      topic: wrap(ports.topic, 'topic'),
      mailer: { send: (mail) => call('mailer.send', () => mailer.send(mail), 'stops-only') },
      clock: ownClock,
    };
    return bug.ports?.(own, call) ?? own;
  };
  const instanceOf = (name: string, spared: boolean): FaultyInstance => {
    watcher.onRun(name);
    return faultyInstance(ground, { name, spared });
  };

  const queueNamed = (name: WorkerName) =>
    faultyQueue<QueuedEvent>(ground, {
      name,
      async handle(batch, spared) {
        const instance = instanceOf(name, spared);
        const own = workers[name](portsOf(instance));
        const run = batchRuns.get(name)?.(own) ?? own;
        const outcome = await instance.run(() => run(batch));
        return outcome.type === 'done' ? outcome.value : undefined;
      },
      onDead: (event, reason) => watcher.onDeadLetter(name, event, reason),
    });
  const batchRuns = new Map(
    bug.batch === undefined ? [] : workerNames.map((name) => [name, bugged(bug.batch, name)] as const),
  );
  const queues = new Map(workerNames.map((name) => [name, queueNamed(name)]));
  const route = (message: Message) => {
    const event = eventOf(message);
    for (const name of listenersOf(message.type)) queues.get(name)?.send(event);
  };
  const queueOf = (name: WorkerName): Queue => ({
    send: async (messages) => messages.forEach((message) => void queues.get(name)?.send(eventOf(message))),
  });

  const lost = new Map<string, boolean>();
  const isLost = (fact: StampedFact): boolean => {
    const known = lost.get(fact.factId);
    if (known !== undefined) return known;
    const decided = options.mayBeLost(fact) && draws.chance(faults().lostFact);
    lost.set(fact.factId, decided);
    if (decided) {
      watcher.onLost(fact.factId);
      watcher.tell(`${fact.type} ${fact.factId} gets lost`);
    }
    return decided;
  };
  const busThat = (loses: (fact: StampedFact) => boolean): Bus => ({
    async publish(facts) {
      for (const { type, ...detail } of facts.filter((fact) => !loses(fact))) route({ type, detail });
    },
  });
  const busOfRelay = busThat(isLost);
  const busOfReconcile = busThat(() => draws.chance(faults().lostFact));

  const outboxes: readonly MemoryTable[] = [tables.leads, tables.sales, tables.nurture];
  const streams = outboxes.map((table) => ({
    table,
    stream: faultyStream(ground, {
      name: 'a stream',
      async handle(batch, spared) {
        const instance = instanceOf('relay-facts', spared);
        const relayFacts = makeRelayFacts({ bus: instance.wrap(busOfRelay, 'bus') });
        return (await instance.run(() => relayFacts(batch.map(outboxText)))).type === 'done';
      },
    }),
  }));
  const pump = () => {
    for (const { table, stream } of streams) {
      if (table.stream.length === 0) continue;
      const facts = table.stream.splice(0);
      for (const fact of facts) watcher.onFact(fact, clock.now());
      stream.push(facts);
    }
  };

  const indexOf = (table: MemoryTable): DueIndex => {
    const index = memoryDueIndex(table);
    return bug.dueIndex?.(index, table) ?? index;
  };
  const indexes = {
    leads: indexOf(tables.leads),
    sales: indexOf(tables.sales),
    nurture: indexOf(tables.nurture),
    notices: indexOf(tables.notices),
  };
  const run = (name: string, work: (instance: FaultyInstance) => () => Promise<unknown>) => {
    const instance = instanceOf(name, false);
    void instance.run(work(instance));
  };
  const tick = () =>
    run('tick', ({ wrap, clock: ownClock }) =>
      makeTick({
        sources: [
          source(wrap, 'leads', 'advance-lead'),
          source(wrap, 'sales', 'watch-sla'),
          source(wrap, 'nurture', 'send-nurture-mail', true),
          source(wrap, 'notices', 'notify-sales'),
        ],
        metrics: world.ports.metrics,
        clock: ownClock,
      }),
    );
  const source = (
    wrap: FaultyInstance['wrap'],
    table: keyof typeof indexes,
    worker: WorkerName,
    leased = false,
  ) => ({
    index: wrap(indexes[table], `due ${table}`),
    queue: wrap(queueOf(worker), `queue of ${worker}`),
    leased,
  });
  const reconcile = () =>
    run('reconcile', (instance) => {
      const ports = portsOf(instance);
      return makeReconcile({
        ...ports,
        leadStore: ports.leads,
        leads: ports.leadReader,
        handoffs: ports.sales,
        roster: ports.sales,
        dueLeads: instance.wrap(memoryDueIndex(tables.leads), 'due leads'),
        dueHandoffs: instance.wrap(memoryDueIndex(tables.sales), 'due sales'),
        bus: instance.wrap(busOfReconcile, 'bus'),
      });
    });

  const minuteFrom = (ms: number) => Math.ceil(ms / MINUTE) * MINUTE;
  let tickFrom = epochOf(startAt);
  let reconcileFrom = epochOf(startAt);
  const firstDue = () =>
    earliest(
      [tables.leads, tables.sales, tables.nurture, tables.notices].map(({ items }) => items.firstDue()),
    );
  /** Ticks that would find nothing are left out. */
  const nextTick = (): number => {
    const due = firstDue();
    return due === undefined ? Number.POSITIVE_INFINITY : Math.max(tickFrom, minuteFrom(epochOf(due)));
  };
  /** It looks six minutes ahead, so that it may see what is due soon. */
  const nextReconcile = (): number => {
    const due = earliest([tables.leads.items.firstDue(), tables.sales.items.firstDue()]);
    if (due === undefined) return Number.POSITIVE_INFINITY;
    const seenFrom = epochOf(later(due, -6 * MINUTE));
    return Math.max(reconcileFrom, Math.ceil(seenFrom / reconcileEveryMs) * reconcileEveryMs);
  };
  const tickAt = (at: number) => {
    events.moveTo(at);
    tickFrom = at + MINUTE;
    if (draws.chance(faults().ticksSkipped)) {
      const minutes = draws.skewed(1, longestOutageMinutes);
      watcher.tell(`no tick for ${minutes} minutes`);
      tickFrom = at + minutes * MINUTE;
      return;
    }
    tick();
    if (draws.chance(faults().tickTwice)) tick();
  };
  const reconcileAt = (at: number) => {
    events.moveTo(at);
    reconcileFrom = at + reconcileEveryMs;
    if (draws.chance(faults().ticksSkipped)) return watcher.tell('no reconcile');
    reconcile();
  };
  const isIdle = () =>
    events.next === undefined &&
    streams.every(({ stream }) => stream.size() === 0) &&
    [...queues.values()].every((queue) => queue.size() === 0);

  return {
    ...world,
    events,
    /** Of messages that wait or are under way, by worker; none: an empty object. */
    waiting: (): Readonly<Record<string, number>> =>
      Object.fromEntries(
        [...queues].map(([name, queue]) => [name, queue.size()] as const).filter(([, size]) => size > 0),
      ),
    firstDue,
    /** A producer's event, on the bus. */
    put: ({ type, detail }: InboundEvent) => route({ type, detail: JSON.parse(JSON.stringify(detail)) }),
    /** A request of a browser. Undefined: no answer came. */
    async ask(page: PageName, request: PageRequest): Promise<PageResponse | undefined> {
      const instance = instanceOf(page, false);
      const serve = inProcessPages({ ports: portsOf(instance) })[page];
      const outcome = await instance.run(() => serve(request));
      return outcome.type === 'done' ? outcome.value : undefined;
    },
    /** Until then, or until nothing is left that could happen. */
    async playUntil(until: Instant): Promise<void> {
      const end = epochOf(until);
      for (;;) {
        pump();
        const next = events.next ?? Number.POSITIVE_INFINITY;
        const ticks = nextTick();
        const reconciles = nextReconcile();
        if (Math.min(next, ticks, reconciles) > end) break;
        if (ticks <= next && ticks <= reconciles) tickAt(ticks);
        else if (reconciles <= next) reconcileAt(reconciles);
        else await events.step();
      }
      if (!isIdle() || firstDue() !== undefined) events.moveTo(end);
    },
  };
};

export type FaultySystem = ReturnType<typeof faultySystem>;

const bugged = (batch: PlantedBug['batch'], name: WorkerName) => (run: RunBatch) => batch?.(name, run) ?? run;

/** Every function that runs here: a test compares them with those of the template. */
export const simulatedFunctions: readonly string[] = [
  ...workerNames,
  'answer-handoff-page',
  'change-consent-page',
  'relay-facts',
  'tick',
  'reconcile',
];
