import { seededRandom } from '../../infra/cli/seeded-random.ts';
import { assess } from '../../shared/domain/assessment.ts';
import { engagementRef } from '../../shared/domain/engagement-ref.ts';
import type { Handoff } from '../../shared/domain/handoff.ts';
import { handoffIdOf } from '../../shared/domain/handoff-id.ts';
import { receiptId } from '../../shared/domain/lead-records.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { drawsOf } from '../../shared/simulation/draws.ts';
import { naiveEngagement } from '../../shared/simulation/naive-score.ts';
import { Crash } from './crashes.ts';
import { type MergeHistory, mergeCommand } from './merge-history.ts';
import type { MergeWorld } from './merge-world.ts';
import type { Wrap } from './spilling-leads.ts';
import { type Fate, Turns } from './turns.ts';

type Worker = ReturnType<MergeWorld['worker']>;
type Job = (worker: Worker) => Promise<unknown>;

/** Lives a history to its end: whatever was stopped, or could not be done yet, comes again until all is done. */
export const liveMerges = async (history: MergeHistory, seed: number, world: MergeWorld): Promise<void> => {
  const draws = drawsOf(seededRandom(seed ^ 0x5eed));
  const turns = new Turns();
  const ids = await Promise.all(
    history.names.map((name) => world.leadIdOf({ email: `${name}@acme.example` })),
  );
  const jobs: Job[] = history.arrivals.map((arrival): Job => {
    if (arrival.type === 'batch') return (worker) => worker.score(arrival.messages);
    const [first, second] = arrival.pair;
    return (worker) => worker.merge(mergeCommand(arrival.id, [ids[first]!, ids[second]!]));
  });
  const heard = [0, 0];
  /** All that was told since the last time, to whoever has a part in it, each a little later. */
  const hearNews = () => {
    const streams = [world.tables.leads.stream, world.tables.sales.stream];
    for (const [i, stream] of streams.entries()) {
      const news = stream.slice(heard[i]);
      heard[i] = stream.length;
      for (const fact of news) {
        const parts = partsOf(fact, world, jobs);
        for (const part of [...parts, ...(draws.chance(0.3) ? parts : [])])
          jobs.splice(draws.whole(0, jobs.length), 0, part);
      }
    }
  };
  let running = 0;
  let names = 0;
  const failures: unknown[] = [];
  const asleep = new Map<number, number>();
  const start = () => {
    while (running < history.writers && jobs.length > 0) {
      const job = jobs.shift()!;
      const who = names++;
      running++;
      if (draws.chance(0.15)) asleep.set(who, draws.whole(5, 60));
      const wrap: Wrap = (port) =>
        new Proxy(port, {
          get(target, key) {
            const member: unknown = Reflect.get(target, key);
            return typeof member === 'function'
              ? (...parameters: unknown[]) => turns.call(who, async () => member.apply(target, parameters))
              : member;
          },
        });
      job(world.worker(wrap)).then(
        () => running--,
        (error: unknown) => {
          running--;
          const comesAgain =
            error instanceof Crash || /^(MergeUnderWay|Contention)Error$/.test((error as Error).name);
          if (comesAgain) jobs.splice(draws.whole(0, jobs.length), 0, job);
          else failures.push(error);
        },
      );
    }
  };
  for (let steps = 0; ; ) {
    hearNews();
    start();
    if (running === 0 && jobs.length === 0) break;
    const { waiting } = turns;
    for (const [who, left] of asleep) left === 0 ? asleep.delete(who) : asleep.set(who, left - 1);
    if (waiting.length === 0) {
      await turns.settle();
      continue;
    }
    const awake = waiting.flatMap((who, place) => (asleep.has(who) ? [] : [place]));
    const place = awake.length > 0 ? draws.pick(awake) : 0;
    if (++steps > 20_000) throw new Error('it never ends');
    const who = waiting[place]!;
    const fate: Fate = draws.chance(history.stopRate) ? draws.pick(['stop-before', 'stop-after']) : 'well';
    await turns.give(place, fate);
    if (fate !== 'well') turns.drop(who);
  }
  if (failures.length > 0) throw failures[0];
};

const partsOf = (fact: StampedFact, world: MergeWorld, jobs: Job[]): readonly Job[] => {
  switch (fact.type) {
    case 'LeadStageChanged':
      return [({ openHandoff }) => openHandoff.stageChanged(fact), ({ record }) => record(fact)];
    case 'LeadAskedToTalk':
      return [({ openHandoff }) => openHandoff.askedToTalk(fact)];
    case 'HandoffOpened':
      return [({ advance }) => advance({ type: fact.type, detail: fact, receivedAt: world.time.now })];
    case 'HandoffWithdrawn':
      return [({ advance }) => advance({ type: fact.type, detail: fact, receivedAt: world.time.now })];
    case 'LeadMerged': {
      const complete: Job = async (worker) => {
        await worker.due(fact.leadId);
        if ((await world.head(fact.leadId))?.unconfirmed !== undefined) jobs.push(complete);
      };
      return [
        ({ openHandoff }) => openHandoff.merged(fact),
        ({ enrol }) => enrol(fact),
        ({ record }) => record(fact),
        complete,
      ];
    }
    default:
      return [];
  }
};

/** What is wrong in the end, and how many leads were merged. */
export const mergeFaults = async (
  history: MergeHistory,
  published: PublishedPolicy,
  world: MergeWorld,
): Promise<Readonly<{ faults: readonly string[]; merged: number }>> => {
  const faults: string[] = [];
  const check = (what: string, isRight: boolean) => void (isRight || faults.push(what));
  const idOf = new Map<string, string>();
  for (const name of history.names) idOf.set(name, await world.leadIdOf({ email: `${name}@acme.example` }));
  const groups = new Map<string, string[]>();
  let merged = 0;
  for (const name of history.names) {
    const id = idOf.get(name)!;
    const now = (await world.now(id)).leadId;
    groups.set(now, [...(groups.get(now) ?? []), name]);
    const head = await world.head(id);
    if (head?.mergedInto === undefined) continue;
    merged++;
    check(`${name} is not complete`, head.unconfirmed === undefined);
    check(
      `handoffs of ${name}`,
      (await world.sales.load('lead-handoffs', id)).state?.mergedInto !== undefined,
    );
    check(`mails of ${name}`, (await world.nurture.load('mailbox', id)).state?.mergedInto !== undefined);
    check(
      `journey of ${name}`,
      (await world.journeys.load('lead-journey', id)).state?.mergedInto !== undefined,
    );
  }
  for (const [leadId, names] of groups) {
    const { lead, timeline } = await world.now(leadId);
    const owners = names.map((name) => idOf.get(name)!);
    faults.push(...(await salesFaults(world, leadId, owners)));
    const all = history.engagements.filter(({ lead: { email = '' } }) =>
      names.includes(email.split('@')[0]!),
    );
    if (all.length === 0) continue;
    const once: { id: string; kind: string; occurredAt: string }[] = [];
    for (const one of new Map(all.map((engagement) => [engagement.id, engagement])).values()) {
      const at = timeline.find(({ id }) => id === engagementRef(one.id))?.at;
      const receipts = await Promise.all(
        owners.map(
          async (owner) => (await world.records.load('receipt', receiptId(owner, one.id))).state?.receivedAt,
        ),
      );
      const own = at === undefined ? '' : new Date(at).toISOString();
      check(
        `the time of ${one.id}`,
        one.occurredAt === undefined ? receipts.includes(own) : own === one.occurredAt,
      );
      once.push({ ...one, occurredAt: own });
    }
    const keyed = (list: readonly { id: string; occurredAt: string }[]) =>
      JSON.stringify(list.map(({ id, occurredAt }) => `${occurredAt} ${id}`).sort());
    check(
      `the timeline of ${names}`,
      keyed(timeline.map(({ id, at }) => ({ id, occurredAt: new Date(at).toISOString() }))) ===
        keyed(once.map(({ id, occurredAt }) => ({ id: engagementRef(id), occurredAt }))),
    );
    check(`the count of ${names}: ${lead?.count} of ${once.length}`, lead?.count === once.length);
    const { engagement } = assess(lead!, {}, published.policy, world.time.now);
    const naive = naiveEngagement(once, published.policy, Date.parse(world.time.now));
    check(`the score of ${names}: ${engagement} of ${naive}`, Math.abs(engagement - naive) < 1e-9);
    const half = { from: Date.parse('2026-11-10'), until: Date.parse('2026-11-20') };
    const loaded = await world.leads.load(leadId);
    check(
      `a part of the timeline of ${names}`,
      JSON.stringify(await world.leads.timeline(leadId, loaded, half)) ===
        JSON.stringify(timeline.filter(({ at }) => at >= half.from && at <= half.until)),
    );
    check(`known to ${names}`, (await world.leads.known(leadId, loaded, timeline)).size === timeline.length);
  }
  const { stream } = world.tables.leads;
  check('facts are told twice', new Set(stream.map(({ factId }) => factId)).size === stream.length);
  check('merges are told once each', stream.filter(({ type }) => type === 'LeadMerged').length === merged);
  return { faults, merged };
};

/** At most one handoff, of the lead that they are now; and everybody who asked was heard. */
const salesFaults = async (
  world: MergeWorld,
  leadId: string,
  owners: readonly string[],
): Promise<readonly string[]> => {
  const faults: string[] = [];
  const check = (what: string, isRight: boolean) => void (isRight || faults.push(what));
  const all = [...world.tables.sales.items.values()]
    .filter(({ kind }) => kind === 'handoff')
    .map(({ state }) => state as Handoff);
  const own = all.filter((handoff) => owners.includes(handoff.leadId));
  const running = own.filter(({ status }) => status !== 'closed');
  const { state: known } = await world.sales.load('lead-handoffs', leadId);
  check(`${running.length} handoffs of one lead`, running.length <= 1);
  check(
    'a handoff of nobody',
    running.every((handoff) => handoff.leadId === leadId),
  );
  check('a handoff that is not known', known?.current === running[0]?.id);
  const { lead } = await world.now(leadId);
  check('an MQL that nobody got', lead?.stage !== 'mql' || running.length === 1);
  check('an MQL that does not know it', lead?.unconfirmed === undefined);
  check('another handoff', lead?.stage !== 'mql' || lead.handoff?.id === running[0]?.id);
  for (const fact of world.tables.leads.stream)
    if (fact.type === 'LeadAskedToTalk' && owners.includes(fact.leadId)) {
      const opened = own.some(({ id }) => id === handoffIdOf(fact.leadId, fact.engagementId));
      check(`nobody hears ${fact.engagementId}`, opened || known?.heard.includes(fact.engagementId) === true);
    }
  return faults;
};
