import type { Roster } from '../../../shared/domain/roster.ts';
import { DAY, epochOf, type Instant, instantOf } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { type Draws, drawsOf } from '../../../shared/simulation/draws.ts';
import { calm, type Faults, storm } from '../../../shared/simulation/faults.ts';
import type { MailAttempt } from '../../../shared/simulation/faulty-mailer.ts';
import { type FaultySystem, faultySystem } from '../in-process/faulty-system.ts';
import type { PlantedBug } from '../in-process/planted-bug.ts';
import { seededRandom } from '../seeded-random.ts';
import { inputsOf } from './inputs.ts';
import { mayBeLost } from './losable-facts.ts';
import { operatorsOn } from './operators.ts';
import { peopleOn } from './people.ts';
import type { Input } from './producer-events.ts';
import type { SimulatedPolicies } from './simulated-policy.ts';

/** A line of what happened: ids and names only. */
export type StoryLine = Readonly<{ at: Instant; text: string }>;

export type Followed = Readonly<{ link: 'confirm' | 'unsubscribe'; enrolment: string; at: Instant }>;

/** All that can be seen of one history, from outside and in its tables. */
export type PlayedSeed = Readonly<{
  seed: number;
  system: FaultySystem;
  /** The first that was published: all others have the same rules for everything but scores. */
  policy: PublishedPolicy;
  inputs: readonly Input[];
  /** What came from outside, copies too, by kind: events, commands, and what people did otherwise. */
  came: ReadonlyMap<string, number>;
  /** Each once, in the order in which they were saved. */
  facts: readonly Readonly<{ fact: StampedFact; at: Instant }>[];
  /** Ids of those that never reached the bus from the stream. */
  lostFacts: ReadonlySet<string>;
  mails: readonly MailAttempt[];
  /** Links of mails that were followed, once their reader was told that it is done. */
  followed: readonly Followed[];
  deadLetters: readonly string[];
  runs: ReadonlyMap<string, number>;
  /** Writes that moved engagements away from their lead: stretches of them, and late ones one by one. */
  moved: Readonly<Record<'chunk' | 'marker', number>>;
  /** Each with when it came into force, the first from the beginning. */
  rosters: readonly Readonly<{ roster: Roster; at: Instant }>[];
  /** When all leads were told to be judged by a publication, and by which. */
  applied: readonly Readonly<{ sequence: number; at: Instant }>[];
  calmFrom: Instant;
  endAt: Instant;
  story: readonly StoryLine[];
}>;

export type PlaySeedOptions = Readonly<{
  policies: SimulatedPolicies;
  roster: Roster;
  /** How many lines of the story are kept, from the beginning. */
  storyLines?: number;
  bug?: () => PlantedBug;
}>;

const stormMs = 8 * DAY;
const quietMs = 130 * DAY;

/** Mondays, weekends, both changes of the clock, the end of the year. */
const starts = [
  '2026-11-02T08:00:00.000Z',
  '2026-10-23T15:00:00.000Z',
  '2026-03-26T09:00:00.000Z',
  '2026-12-22T11:00:00.000Z',
  '2026-07-03T16:30:00.000Z',
];

/** One history: a storm of some days in which everybody acts, then calm until nothing is left to happen. */
export const playSeed = async (
  seed: number,
  { policies: { first: policy, others }, roster, storyLines = 0, bug }: PlaySeedOptions,
): Promise<PlayedSeed> => {
  const draws = drawsOf(seededRandom(seed));
  const startAt = draws.pick(starts);
  const calmFrom = epochOf(startAt) + stormMs;
  const story: StoryLine[] = [];
  const facts: PlayedSeed['facts'][number][] = [];
  const lostFacts = new Set<string>();
  const mails: MailAttempt[] = [];
  const followed: Followed[] = [];
  const deadLetters: string[] = [];
  const runs = new Map<string, number>();
  const moved = { chunk: 0, marker: 0 };
  const rosters: PlayedSeed['rosters'][number][] = [];
  const applied: PlayedSeed['applied'][number][] = [];
  const came = new Map<string, number>();
  const onCame = (what: string) => came.set(what, (came.get(what) ?? 0) + 1);
  let people: ReturnType<typeof peopleOn> | undefined;

  const tell = (text: string) => {
    if (story.length < storyLines) story.push({ at: system.clock.now(), text });
  };
  const faults = faultsUntil(draws, () => system.events.now < calmFrom);
  const system = faultySystem({
    startAt,
    policy,
    roster,
    draws,
    faults,
    mayBeLost: (fact) => mayBeLost(fact, policy.policy),
    ...(bug === undefined ? {} : { bug: bug() }),
    watcher: {
      onFact(fact, at) {
        facts.push({ fact, at });
        if (storyLines > 0) tell(factText(fact));
        people?.hear(fact);
      },
      onLost: (factId) => lostFacts.add(factId),
      onMail(attempt) {
        mails.push(attempt);
        people?.read(attempt);
      },
      onDeadLetter(worker, event, reason) {
        const why = reason instanceof Error ? `${reason.name}: ${reason.message}` : 'stopped';
        deadLetters.push(`${event['detail-type']} of ${worker} (${why})`);
        tell(`${event['detail-type']} is dead at ${worker}: ${why}`);
      },
      onRun: (name) => runs.set(name, (runs.get(name) ?? 0) + 1),
      onRoster: (changed, at) => rosters.push({ roster: changed, at }),
      onMove(what) {
        moved[what]++;
      },
      tell,
    },
  });
  people = peopleOn({
    system,
    draws,
    until: calmFrom,
    onAnswer(what, kind) {
      onCame(kind);
      tell(what);
    },
    onFollowed(link, enrolment) {
      followed.push({ link, enrolment, at: system.clock.now() });
      tell(`${link} is done for ${enrolment}`);
    },
  });

  const inputs = inputsOf(draws, policy.policy, epochOf(startAt));
  const send = ({ event, to }: Input) => {
    onCame(event.type);
    tell(`${event.type} ${String(event.detail.id ?? '')} is sent`);
    if (to === undefined) system.put(event);
    else system.command(to, event);
  };
  for (const input of inputs) system.events.at(input.at, () => send(input));
  operatorsOn({
    system,
    draws,
    until: calmFrom,
    others,
    onAct(what, kind) {
      onCame(kind);
      tell(what);
    },
    onApplied: (sequence) => applied.push({ sequence, at: system.clock.now() }),
  });
  await system.playUntil(instantOf(calmFrom));
  await system.playUntil(instantOf(calmFrom + quietMs));
  return {
    seed,
    system,
    policy,
    inputs,
    came,
    facts,
    lostFacts,
    mails,
    followed,
    deadLetters,
    runs,
    moved,
    rosters,
    applied,
    calmFrom: instantOf(calmFrom),
    endAt: system.clock.now(),
    story,
  };
};

/** Some storms are worse than others, and some histories have none. */
const faultsUntil = (draws: Draws, isStormy: () => boolean): (() => Faults) => {
  const weather = draws.chance(0.1) ? calm : storm;
  return () => (isStormy() ? weather : calm);
};

const factText = (fact: StampedFact): string => {
  const about = 'handoffId' in fact ? ` ${fact.handoffId}` : '';
  const moved = fact.type === 'LeadStageChanged' ? ` ${fact.from} -> ${fact.to} (${fact.reason})` : '';
  const late = 'deadline' in fact ? ` ${fact.deadline}` : '';
  return `${fact.type} ${fact.factId}${moved}${about}${late}`;
};
