import type { FactOf } from '../../shared/events/facts.ts';
import { monday } from './sales.ts';

const of = { leadId: 'l-1', handoffId: 'h-1', at: monday };
const tier = {
  deadline: 'accept',
  holder: 'rita',
  assignment: 1,
  dueAt: '2026-11-23T10:00:00.000Z',
  priority: 'normal',
} as const;

/** Facts about handoff h-1 of lead l-1, unless told otherwise. */
export const opened = (over: Partial<FactOf<'HandoffOpened'>> = {}): FactOf<'HandoffOpened'> => ({
  type: 'HandoffOpened',
  factId: 'f-opened',
  ...of,
  holder: 'rita',
  team: 'dach',
  route: 'dach',
  priority: 'normal',
  flagged: false,
  ...over,
});
export const reminded = (over: Partial<FactOf<'HandoffReminded'>> = {}): FactOf<'HandoffReminded'> => ({
  type: 'HandoffReminded',
  factId: 'f-reminded',
  ...of,
  ...tier,
  tier: 'remind-50',
  ...over,
});
export const breached = (over: Partial<FactOf<'HandoffBreached'>> = {}): FactOf<'HandoffBreached'> => ({
  type: 'HandoffBreached',
  factId: 'f-breached',
  ...of,
  ...tier,
  manager: 'mia',
  ...over,
});
export const escalated = (over: Partial<FactOf<'HandoffEscalated'>> = {}): FactOf<'HandoffEscalated'> => ({
  type: 'HandoffEscalated',
  factId: 'f-escalated',
  ...of,
  ...tier,
  manager: 'nora',
  ...over,
});
export const reassigned = (over: Partial<FactOf<'HandoffReassigned'>> = {}): FactOf<'HandoffReassigned'> => ({
  type: 'HandoffReassigned',
  factId: 'f-reassigned',
  ...of,
  ...tier,
  holder: 'ron',
  assignment: 2,
  from: 'rita',
  reason: 'unanswered',
  ...over,
});
export const givenUntil = (over: Partial<FactOf<'HandoffGivenUntil'>> = {}): FactOf<'HandoffGivenUntil'> => ({
  type: 'HandoffGivenUntil',
  factId: 'f-given',
  ...of,
  holder: 'rita',
  assignment: 1,
  by: 'mia',
  until: '2026-11-24T10:00:00.000Z',
  ...over,
});
export const pulledBack = (over: Partial<FactOf<'HandoffPulledBack'>> = {}): FactOf<'HandoffPulledBack'> => ({
  type: 'HandoffPulledBack',
  factId: 'f-pulled',
  ...of,
  reason: 'unworked',
  holder: 'rita',
  ...over,
});
export const accepted = (over: Partial<FactOf<'HandoffAccepted'>> = {}): FactOf<'HandoffAccepted'> => ({
  type: 'HandoffAccepted',
  factId: 'f-accepted',
  ...of,
  by: 'rita',
  late: true,
  ...over,
});
export const paused = (over: Partial<FactOf<'HandoffPaused'>> = {}): FactOf<'HandoffPaused'> => ({
  type: 'HandoffPaused',
  factId: 'f-paused',
  ...of,
  by: 'rita',
  until: '2026-11-26T10:00:00.000Z',
  ...over,
});
export const rejected = (over: Partial<FactOf<'HandoffRejected'>> = {}): FactOf<'HandoffRejected'> => ({
  type: 'HandoffRejected',
  factId: 'f-rejected',
  ...of,
  by: 'rita',
  reason: 'no-need',
  ...over,
});
export const repAlerted = (over: Partial<FactOf<'RepAlerted'>> = {}): FactOf<'RepAlerted'> => ({
  type: 'RepAlerted',
  factId: 'f-alerted',
  leadId: 'l-1',
  at: monday,
  rep: 'ron',
  reason: 'asked',
  engagementId: 'e-9',
  ...over,
});
