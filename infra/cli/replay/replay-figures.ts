import { type Stage, stages } from '../../../shared/domain/stage.ts';
import { deadlineFigures } from './deadline-figures.ts';
import { funnelByMonth, funnelByOrigin } from './funnel.ts';
import type { Played } from './play-history.ts';

export type ReplayFigures = ReturnType<typeof replayFigures>;

/** What a history came to, in numbers: the same for the same input, whenever and wherever it is played. */
export const replayFigures = (played: Played) => {
  const told = (type: Parameters<Played['facts']['get']>[0]) => played.facts.get(type) ?? 0;
  return {
    policy: played.policy.policy.version,
    funnel: funnelByOrigin(played.leads),
    months: funnelByMonth(played.leads),
    stages: countedBy(played, ({ stage }) => stage),
    furthest: countedBy(played, ({ furthest }) => furthest),
    handoffs: {
      opened: played.handoffs.filter(({ holder }) => holder !== undefined).length,
      /** Recorded, but for nobody to answer. */
      none: played.handoffs.filter(({ holder }) => holder === undefined).length,
      accepted: told('HandoffAccepted'),
      rejected: told('HandoffRejected'),
      contacted: told('HandoffContacted'),
      qualified: told('HandoffQualified'),
      withdrawn: told('HandoffWithdrawn'),
      /** Recorded answers for which there was nothing to answer. */
      unasked: played.unasked,
    },
    deadlines: deadlineFigures(played.handoffs),
    escalations: {
      reminded: told('HandoffReminded'),
      breached: told('HandoffBreached'),
      reassigned: told('HandoffReassigned'),
      escalated: told('HandoffEscalated'),
      pulledBack: told('HandoffPulledBack'),
    },
    tiers: played.tiers,
    mails: played.mails,
    mqlsPerWeek: played.mqls,
    load: played.load,
    rejected: played.rejected,
    deadLetters: played.deadLetters,
  };
};

const countedBy = (
  { leads }: Played,
  stageOf: (lead: Played['leads'][number]) => Stage,
): Readonly<Record<Stage, number>> => {
  const counts = Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>;
  for (const lead of leads) counts[stageOf(lead)]++;
  return counts;
};
