import {
  type DeadlineName,
  deadlineNames,
  type Handoff,
  type Priority,
  priorities,
} from '../../../shared/domain/handoff.ts';

export type Kept = Readonly<{
  kept: number;
  missed: number;
  /** The lead left sales before the deadline: nobody had to answer any more. */
  ended: number;
  /** Not over when the history ends. */
  running: number;
}>;

export type Fate = keyof Kept;

export type DeadlineFigures = Readonly<Record<DeadlineName, Readonly<Record<Priority, Kept>>>>;

/** What became of every deadline that handoffs had. */
export const deadlineFigures = (handoffs: readonly Handoff[]): DeadlineFigures => ({
  accept: byPriority(handoffs, 'accept'),
  firstContact: byPriority(handoffs, 'firstContact'),
  qualify: byPriority(handoffs, 'qualify'),
});

const byPriority = (handoffs: readonly Handoff[], name: DeadlineName) => ({
  normal: keptOf(handoffs, name, 'normal'),
  hot: keptOf(handoffs, name, 'hot'),
});

const keptOf = (handoffs: readonly Handoff[], name: DeadlineName, priority: Priority): Kept => {
  const counts = { kept: 0, missed: 0, ended: 0, running: 0 };
  for (const handoff of handoffs)
    if (handoff.priority === priority && handoff.plan[name] !== undefined) counts[fateOf(handoff, name)]++;
  return counts;
};

/** What became of one deadline. */
export const fateOf = (handoff: Handoff, name: DeadlineName): Fate => {
  if (handoff.breachedAt[name] !== undefined) return 'missed';
  if (isMet(handoff, name)) return 'kept';
  return handoff.status === 'closed' ? 'ended' : 'running';
};

const isMet = ({ acceptedAt, contactedAt, outcome }: Handoff, name: DeadlineName): boolean => {
  switch (name) {
    case 'accept':
      return acceptedAt !== undefined || outcome?.type === 'rejected' || outcome?.type === 'qualified';
    case 'firstContact':
      return contactedAt !== undefined;
    case 'qualify':
      return outcome?.type === 'qualified';
  }
};

/** Every line of the table, in the order of the path. */
export const deadlineLines = (
  figures: DeadlineFigures,
): readonly (Kept & { name: DeadlineName; priority: Priority })[] =>
  deadlineNames.flatMap((name) =>
    priorities.map((priority) => ({ name, priority, ...figures[name][priority] })),
  );
