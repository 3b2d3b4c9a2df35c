import type { Person, Roster, Team, TeamLoads } from './roster.ts';
import { personOf } from './roster.ts';
import type { Instant } from './time.ts';

export type Choice = Readonly<{ holder: string /** Everybody was away or full. */; flagged: boolean }>;

export const isAway = ({ away }: Person, now: Instant): boolean =>
  away.some(({ from, until }) => from <= now && now < until);

/**
 * The rep of a team with the lowest load for their capacity, among those present and not full; if there is none, the
 * least loaded of all, flagged. Managers (capacity 0) only where there are no reps.
 * Undefined: nobody is left but those excluded.
 */
export const chooseHolder = (
  team: Team,
  roster: Roster,
  { loads }: TeamLoads,
  now: Instant,
  excluded: readonly string[] = [],
): Choice | undefined => {
  const members = team.members
    .filter((id) => !excluded.includes(id))
    .flatMap((id) => personOf(roster, id) ?? [])
    .map((person) => ({ person, load: loads[person.id] ?? 0 }));
  const reps = members.filter(({ person }) => person.capacity > 0);
  const free = reps.filter(({ person, load }) => !isAway(person, now) && load < person.capacity);
  const best = (free.length > 0 ? free : reps.length > 0 ? reps : members).toSorted(byWeightedLoad)[0];
  return best === undefined ? undefined : { holder: best.person.id, flagged: free.length === 0 };
};

/** Somebody who could be given a handoff. */
export type Candidate = Readonly<{ person: Person; load: number; away: boolean; full: boolean }>;

/** All reps of a team, those who are present and have room first, each group by load for their capacity. */
export const candidatesOf = (
  { members }: Team,
  roster: Roster,
  { loads }: TeamLoads,
  now: Instant,
): readonly Candidate[] =>
  members
    .flatMap((id) => personOf(roster, id) ?? [])
    .filter(({ capacity }) => capacity > 0)
    .map((person) => {
      const load = loads[person.id] ?? 0;
      return { person, load, away: isAway(person, now), full: load >= person.capacity };
    })
    .toSorted((a, b) => Number(a.away || a.full) - Number(b.away || b.full) || byWeightedLoad(a, b));

type Loaded = Readonly<{ person: Person; load: number }>;

const byWeightedLoad = (a: Loaded, b: Loaded): number =>
  weight(a) - weight(b) || a.load - b.load || (a.person.id < b.person.id ? -1 : 1);

const weight = ({ person, load }: Loaded): number => load / Math.max(person.capacity, 1);
