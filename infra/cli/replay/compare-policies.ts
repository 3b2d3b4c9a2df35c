import type { Stage } from '../../../shared/domain/stage.ts';
import type { ReplayedLead } from './funnel.ts';
import type { Played } from './play-history.ts';
import { countOne } from './weeks.ts';

const namesShown = 20;

/** Leads that would stand elsewhere under the other policy. */
export type StageChanges = Readonly<{
  leads: number;
  /** The most frequent first. */
  moves: readonly Readonly<{ from: Stage; to: Stage; leads: number }>[];
  /** The first of them, oldest first. */
  first: readonly string[];
}>;

export type Comparison = Readonly<{
  /** Where they stand when the history ends. */
  final: StageChanges;
  /** How far they ever came. */
  furthest: StageChanges;
}>;

/** Who would change stage, had the other policy been in force. Both have played the same history. */
export const comparePolicies = (base: Played, other: Played): Comparison => {
  const others = new Map(other.leads.map((lead) => [lead.name, lead]));
  const pairs = base.leads.flatMap((lead) => {
    const twin = others.get(lead.name);
    return twin === undefined ? [] : [[lead, twin] as const];
  });
  return {
    final: changesOf(pairs, ({ stage }) => stage),
    furthest: changesOf(pairs, ({ furthest }) => furthest),
  };
};

const changesOf = (
  pairs: readonly (readonly [ReplayedLead, ReplayedLead])[],
  stageOf: (lead: ReplayedLead) => Stage,
): StageChanges => {
  const changed = pairs
    .map(([lead, twin]) => ({ name: lead.name, from: stageOf(lead), to: stageOf(twin) }))
    .filter(({ from, to }) => from !== to);
  const counts = new Map<string, number>();
  const moves = new Map<string, Readonly<{ from: Stage; to: Stage }>>();
  for (const { from, to } of changed) {
    const key = `${from} ${to}`;
    countOne(counts, key);
    moves.set(key, { from, to });
  }
  return {
    leads: changed.length,
    moves: [...moves]
      .map(([key, move]) => ({ key, ...move, leads: counts.get(key) ?? 0 }))
      .sort((a, b) => b.leads - a.leads || (a.key < b.key ? -1 : 1))
      .map(({ key: _, ...move }) => move),
    first: changed.slice(0, namesShown).map(({ name }) => name),
  };
};
