import { seededRandom } from '../../infra/cli/seeded-random.ts';
import { emptyTally, type Tally } from '../../shared/domain/fold/tally.ts';
import { type Lead, newLead } from '../../shared/domain/lead.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { compareEntries, type TimelineEntry, unseen, wholeSpan } from '../../shared/domain/timeline.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { LeadItems } from '../../shared/leads/log/lead-items.ts';
import type { LeadStore } from '../../shared/ports.ts';
import { drawsOf } from '../../shared/simulation/draws.ts';
import { Crash } from './crashes.ts';
import type { LeadHistory } from './lead-history.ts';
import type { Fate, Turns } from './turns.ts';

export const leadId = 'l0123456789abcdef01234';

/** A place where leads are kept, and ways to it. */
export type LeadGround = Readonly<{
  /** For one writer, every call of whose awaits its turn. */
  store(who: number): LeadStore;
  /** Without waiting. */
  calm: LeadStore;
  items: LeadItems;
}>;

/** Adds up to the same in any order, and to something else if one is missing or counted twice. */
const admitted = (tally: Tally, entries: readonly TimelineEntry[]): Tally => ({
  ...tally,
  ref: Math.max(tally.ref, ...entries.map(({ at }) => at)),
  sums: [0, 1].map((i) =>
    entries.reduce(
      (sum, { id }) => sum + (i === 0 ? 1 : Number.parseInt(id.slice(-8), 16)),
      tally.sums[i] ?? 0,
    ),
  ),
});

/** As score-lead does: what is known is left out, the rest is added and saved, as often as it takes. */
export const take = async (
  store: LeadStore,
  batch: readonly TimelineEntry[],
  stale: boolean,
): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    const loaded = await store.load(leadId, stale && attempt === 1 ? 'stale' : undefined);
    const known = await store.known(leadId, loaded, batch);
    const unknown = batch.filter(({ id }) => !known.has(id));
    const fresh = unseen([], unknown).toSorted(compareEntries);
    if (fresh.length === 0) return;
    const before =
      loaded.state ?? newLead(instantOf(batch[0]!.at), { hash: 'ab', sequence: 1, scoring: 'cd' });
    const state: Lead = {
      ...before,
      count: before.count + fresh.length,
      tally: admitted(before.tally, fresh),
    };
    if ((await store.save(leadId, loaded, { state, facts: [], entries: fresh })) === 'saved') return;
  }
};

const judge = async (store: LeadStore, verdict: Verdict): Promise<void> => {
  for (;;) {
    const loaded = await store.load(leadId);
    if (loaded.state?.verdicts?.some(({ id }) => id === verdict.id)) return;
    const before = loaded.state ?? newLead(instantOf(0), { hash: 'ab', sequence: 1, scoring: 'cd' });
    const state = { ...before, verdicts: [...(before.verdicts ?? []), verdict] };
    if ((await store.save(leadId, loaded, { state, facts: [] })) === 'saved') return;
  }
};

type Job = Readonly<{ run: (store: LeadStore, stale: boolean) => Promise<void> }>;

const verdictOf = (i: number): Verdict => ({
  id: `v${i}`,
  engagementId: 'a'.repeat(16),
  verdict: 'hold',
  sequence: i,
  by: 'jo',
  reason: 'bot',
});

/** Lives a history to its end: whatever was stopped is delivered again, until all is done. */
export const live = async (
  history: LeadHistory,
  seed: number,
  turns: Turns,
  ground: LeadGround,
): Promise<void> => {
  const draws = drawsOf(seededRandom(seed ^ 0x5eed));
  const jobs: Job[] = history.batches.flatMap((batch, i) => [
    { run: (store, stale) => take(store, batch, stale) },
    ...(history.judged && i % 5 === 2 ? [{ run: (store: LeadStore) => judge(store, verdictOf(i)) }] : []),
  ]);
  let running = 0;
  let names = 0;
  const failures: unknown[] = [];
  const asleep = new Map<number, number>();
  const start = () => {
    while (running < history.writers && jobs.length > 0) {
      const job = jobs.shift()!;
      const who = names++;
      running++;
      if (draws.chance(0.1)) asleep.set(who, draws.whole(5, 60));
      job.run(ground.store(who), draws.chance(0.5)).then(
        () => running--,
        (error: unknown) => {
          running--;
          if (error instanceof Crash) jobs.splice(draws.whole(0, jobs.length), 0, job);
          else failures.push(error);
        },
      );
    }
  };
  let steps = 0;
  while (running > 0 || jobs.length > 0) {
    start();
    const { waiting } = turns;
    for (const [who, left] of asleep) left === 0 ? asleep.delete(who) : asleep.set(who, left - 1);
    const awake = waiting.flatMap((who, place) => (asleep.has(who) ? [] : [place]));
    const place = awake.length > 0 ? draws.pick(awake) : 0;
    if (waiting.length === 0) {
      await turns.settle();
      continue;
    }
    if (++steps > 50_000) throw new Error('it never ends');
    const who = waiting[place]!;
    const fate: Fate = draws.chance(history.stopRate) ? draws.pick(['stop-before', 'stop-after']) : 'well';
    await turns.give(place, fate);
    if (fate !== 'well') turns.drop(who);
  }
  if (failures.length > 0) throw failures[0];
};

/** What is wrong with the lead in the end; nothing, if nothing is. */
export const faultsOf = async (
  history: Pick<LeadHistory, 'entries' | 'batches' | 'judged'>,
  { calm, items }: Pick<LeadGround, 'calm' | 'items'>,
): Promise<readonly string[]> => {
  const loaded = await calm.load(leadId);
  const timeline = await calm.timeline(leadId, loaded, wholeSpan);
  const faults: string[] = [];
  const check = (what: string, isRight: boolean) => void (isRight || faults.push(what));
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const { entries } = history;
  check('timeline', same(timeline, entries));
  check('count', loaded.state?.count === entries.length);
  check('tally', same(loaded.state?.tally, admitted(emptyTally, entries)));
  const [from, until] = [
    entries.at(Math.floor(entries.length / 3))!.at,
    entries.at(Math.floor(entries.length / 2))!.at,
  ];
  const part = await calm.timeline(leadId, loaded, { from, until });
  check(
    'span',
    same(
      part,
      entries.filter(({ at }) => at >= from && at <= until),
    ),
  );
  check('known', (await calm.known(leadId, loaded, entries)).size === entries.length);
  const strangers = entries.map(({ at, id }) => ({ at, id: `f${id.slice(1)}` }));
  check('strangers', (await calm.known(leadId, loaded, strangers)).size === 0);
  const chunks = await chunksOf(items);
  check(
    'chunks overlap',
    chunks.every((chunk, i) => i === 0 || compareEntries(chunks[i - 1]!.at(-1)!, chunk[0]!) < 0),
  );
  const judged = history.judged ? history.batches.flatMap((_, i) => (i % 5 === 2 ? [`v${i}`] : [])) : [];
  const verdicts = (loaded.state?.verdicts ?? []).map(({ id }) => id);
  check('verdicts', same(verdicts.toSorted(), judged.toSorted()));
  return faults;
};

/** All chunks, by their last engagement. */
export const chunksOf = async (items: LeadItems): Promise<readonly (readonly TimelineEntry[])[]> => {
  const chunks: (readonly TimelineEntry[])[] = [];
  let key = { at: -1e12, id: '0'.repeat(16) };
  for (;;) {
    const chunk = await items.firstChunkFrom(leadId, key);
    if (chunk === undefined) return chunks;
    chunks.push(chunk);
    const { at, id } = chunk.at(-1)!;
    key = { at, id: `${id}~` };
  }
};
