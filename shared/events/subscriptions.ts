import {
  activateLead,
  applyPolicy,
  demoteLead,
  engagementJudged,
  historyImported,
  mergeLeads,
  promoteLead,
} from './commands.ts';
import type { EventDefinition } from './define-event.ts';
import { due } from './due.ts';
import {
  consentChanged,
  consentStated,
  factDefinitions,
  handoffAccepted,
  handoffBreached,
  handoffContacted,
  handoffEscalated,
  handoffGivenUntil,
  handoffOpened,
  handoffPulledBack,
  handoffQualified,
  handoffReassigned,
  handoffRejected,
  handoffReminded,
  handoffWithdrawn,
  leadAskedToTalk,
  leadEngaged,
  leadMerged,
  leadPriorityChanged,
  leadStageChanged,
  repAlerted,
} from './facts.ts';
import {
  accountChanged,
  dealChanged,
  engagementRecorded,
  handoffAnswered,
  profileChanged,
} from './inbound.ts';

/** Apart, so that the worker that starts most often carries no other events. */
export const scoreLeadEvents = [engagementRecorded, profileChanged, accountChanged, historyImported] as const;

/** Who listens to what: the rules of the bus and the workers themselves are made from this. */
export const subscriptions = {
  'score-lead': scoreLeadEvents,
  'open-handoff': [leadStageChanged, leadAskedToTalk, leadPriorityChanged, leadMerged],
  'watch-sla': [due],
  'answer-handoff': [handoffAnswered],
  'advance-lead': [
    handoffOpened,
    handoffAccepted,
    handoffRejected,
    handoffQualified,
    handoffPulledBack,
    handoffWithdrawn,
    dealChanged,
    activateLead,
    engagementJudged,
    promoteLead,
    demoteLead,
    applyPolicy,
    mergeLeads,
    due,
  ],
  'notify-sales': [
    handoffOpened,
    handoffReminded,
    handoffBreached,
    handoffEscalated,
    handoffReassigned,
    handoffGivenUntil,
    handoffPulledBack,
    handoffAccepted,
    handoffRejected,
    repAlerted,
    due,
  ],
  'enroll-nurture': [
    leadStageChanged,
    leadEngaged,
    leadAskedToTalk,
    handoffOpened,
    handoffContacted,
    consentChanged,
    leadMerged,
  ],
  'send-nurture-mail': [due],
  'change-consent': [consentStated],
  'record-journey': factDefinitions,
} as const;

/**
 * What comes straight into a queue, from the tick or the command line. The bus never brings it, whoever puts it there:
 * only who may write to the queue itself can say it.
 */
const queueOnly: readonly EventDefinition[] = [
  due,
  historyImported,
  engagementJudged,
  activateLead,
  promoteLead,
  demoteLead,
  applyPolicy,
  mergeLeads,
];

export const takesTheBus = (definition: EventDefinition): boolean => !queueOnly.includes(definition);

/** The name of a worker, and of its folder in `functions`. */
export type WorkerName = keyof typeof subscriptions;
