import type { Person, Roster } from '../../../shared/domain/roster.ts';
import { DAY, HOUR, instantOf } from '../../../shared/domain/time.ts';
import type { OperatorsStage } from './operators.ts';

type Change = (people: readonly Person[], now: number) => readonly Person[];

/** The system that knows who works in sales says who is away, who has left, and who is there again. */
export const changesOfStaff = (stage: OperatorsStage, sometime: () => number): void => {
  const { system, draws } = stage;
  const { people: everybody, teams } = system.roster();
  const reps = everybody.filter(({ capacity }) => capacity > 0);
  const plan = (at: number, change: Change, what: string) =>
    system.events.at(at, () => void put(stage, teams, change, what));

  if (draws.chance(0.3))
    for (let i = draws.whole(1, 3); i > 0; i--) {
      const { id } = draws.pick(reps);
      const ms = draws.skewed(HOUR, 5 * DAY);
      plan(sometime(), (people, now) => away(people, id, now, ms), `${id} is away`);
    }
  if (!draws.chance(0.2)) return;
  const leaves = draws.pick(reps);
  const at = sometime();
  plan(at, (people) => people.filter(({ id }) => id !== leaves.id), `${leaves.id} leaves`);
  if (draws.chance(0.3))
    plan(
      at + draws.whole(DAY, 3 * DAY),
      (people) => (people.some(({ id }) => id === leaves.id) ? people : [...people, leaves]),
      `${leaves.id} is there again`,
    );
};

const away = (people: readonly Person[], id: string, now: number, ms: number): readonly Person[] =>
  people.map((person) =>
    person.id === id
      ? { ...person, away: [...person.away, { from: instantOf(now), until: instantOf(now + ms) }] }
      : person,
  );

/** Reads it, changes that and writes it, until it is told that it is so. Whoever is there works in the team of before. */
const put = async (
  { system, onAct }: OperatorsStage,
  teams: Roster['teams'],
  change: Change,
  what: string,
): Promise<void> => {
  for (let attempt = 0; attempt < 4; attempt++) {
    const answer = await system.call('change-roster-api', 'GET /api/roster', {
      parameters: {},
      body: undefined,
    });
    if (answer?.status !== 200) continue;
    // What GET answers is what PUT takes.
    const { version, people: before } = answer.body as Readonly<{ version: number }> & Roster;
    const people = change(before, system.events.now);
    const known = new Set(people.map(({ id }) => id));
    const staffed = teams.map((team) => ({ ...team, members: team.members.filter((id) => known.has(id)) }));
    const body = JSON.stringify({ version, people, teams: staffed });
    const done = await system.call('change-roster-api', 'PUT /api/roster', { parameters: {}, body });
    const result = done === undefined ? 'no answer' : String(done.body.result ?? done.status);
    onAct(`${what}: ${result}`, 'roster changed');
    if (done?.status === 200 || done?.status === 422) return;
  }
};
