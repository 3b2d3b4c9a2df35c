import { type Handoff, isHeld } from './handoff.ts';
import type { TeamLoads } from './roster.ts';

/** One more or one less in a team's loads. */
export type LoadChange = Readonly<{ team: string; person: string; by: 1 | -1 }>;

/** How loads change with a handoff: held ones count, open and accepted alike. */
export const loadChangesOf = (before: Handoff | undefined, after: Handoff): readonly LoadChange[] => {
  const [left, taken] = [loadOf(before, -1), loadOf(after, 1)];
  if (left !== undefined && taken !== undefined && left.team === taken.team && left.person === taken.person)
    return [];
  return [left, taken].filter((change) => change !== undefined);
};

/** Loads never fall below nothing: what a recount has put right is not subtracted again. */
export const withChanges = ({ loads }: TeamLoads, changes: readonly LoadChange[]): TeamLoads => {
  const next = { ...loads };
  for (const { person, by } of changes) {
    const load = Math.max(0, (next[person] ?? 0) + by);
    if (load === 0) delete next[person];
    else next[person] = load;
  }
  return { loads: next };
};

const loadOf = (handoff: Handoff | undefined, by: 1 | -1): LoadChange | undefined =>
  handoff?.team === undefined || handoff.holder === undefined || !isHeld(handoff)
    ? undefined
    : { team: handoff.team, person: handoff.holder, by };
