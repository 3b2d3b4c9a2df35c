import { due } from './due.ts';
import {
  consentChanged,
  consentStated,
  factDefinitions,
  handoffAccepted,
  handoffBreached,
  handoffContacted,
  handoffEscalated,
  handoffOpened,
  handoffPulledBack,
  handoffQualified,
  handoffReassigned,
  handoffRejected,
  handoffReminded,
  handoffWithdrawn,
  leadAskedToTalk,
  leadEngaged,
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

/** Who listens to what: the rules of the bus and the workers themselves are made from this. `Due` comes from the tick. */
export const subscriptions = {
  'score-lead': [engagementRecorded, profileChanged, accountChanged],
  'open-handoff': [leadStageChanged, leadAskedToTalk],
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
    due,
  ],
  'notify-sales': [
    handoffOpened,
    handoffReminded,
    handoffBreached,
    handoffEscalated,
    handoffReassigned,
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
  ],
  'send-nurture-mail': [due],
  'change-consent': [consentStated],
  'record-journey': factDefinitions,
} as const;

/** The name of a worker, and of its folder in `functions`. */
export type WorkerName = keyof typeof subscriptions;
