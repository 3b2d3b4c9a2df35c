import { personOf, type Roster } from '../../../shared/domain/roster.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import { localTime } from './local-time.ts';

export type FactLine = Readonly<{ mark: string; text: string }>;

/** A fact in a sentence; undefined for those that only machines need. `lead` is how people call the lead. */
export const factLine = (
  fact: StampedFact,
  lead: string,
  roster: Roster,
  zone: string,
): FactLine | undefined => {
  const who = (id: string | undefined) => personOf(roster, id)?.name ?? id ?? 'nobody';
  switch (fact.type) {
    case 'LeadStageChanged':
      return { mark: '→', text: `${lead}: ${fact.from} → ${fact.to} (${fact.reason}, ${fact.score} points)` };
    case 'LeadAskedToTalk':
      return { mark: '?', text: `${lead} asks to talk (${fact.kind})` };
    case 'LeadMerged':
      return { mark: '=', text: `${lead} is one with ${fact.into} from now on, says ${fact.by}` };
    case 'HandoffOpened':
      return fact.none === undefined
        ? {
            mark: '⇢',
            text: `${lead} is offered to ${who(fact.holder)}${fact.priority === 'hot' ? ', hot' : ''}${fact.acceptBy === undefined ? '' : `, to accept by ${localTime(fact.acceptBy, zone)}`}`,
          }
        : { mark: '⇢', text: `${lead} goes to nobody (${fact.route})` };
    case 'HandoffAccepted':
      return { mark: '✓', text: `${who(fact.by)} accepts ${lead}${fact.late ? ', late' : ''}` };
    case 'HandoffRejected':
      return { mark: '✗', text: `${who(fact.by)} rejects ${lead} (${fact.reason})` };
    case 'HandoffContacted':
      return { mark: '✓', text: `${who(fact.by)} has contacted ${lead} (${fact.how})` };
    case 'HandoffQualified':
      return { mark: '✓', text: `${who(fact.by)} has qualified ${lead}` };
    case 'HandoffReplanned':
      return { mark: '⇢', text: `${lead} is ${fact.priority} now` };
    case 'HandoffWithdrawn':
      return { mark: '⇠', text: `${lead} is no longer offered (${fact.reason})` };
    case 'HandoffReminded':
      return { mark: '!', text: `${who(fact.holder)} is reminded of ${lead} (${fact.deadline})` };
    case 'HandoffBreached':
      return { mark: '‼', text: `${lead} waits too long (${fact.deadline}): ${who(fact.manager)} is told` };
    case 'HandoffEscalated':
      return { mark: '‼', text: `${lead} still waits: ${who(fact.manager)} is told` };
    case 'HandoffReassigned':
      return {
        mark: '⇢',
        text: `${lead} goes from ${who(fact.from)} to ${who(fact.holder)} (${fact.reason})`,
      };
    case 'HandoffPaused':
      return { mark: '·', text: `${who(fact.by)} puts off the next deadlines of ${lead}` };
    case 'HandoffGivenUntil':
      return { mark: '·', text: `${who(fact.holder)} is given more time for ${lead}` };
    case 'HandoffPulledBack':
      return { mark: '⇠', text: `${lead} is taken back from ${who(fact.holder)} (${fact.reason})` };
    case 'RepAlerted':
      return {
        mark: '?',
        text: `${who(fact.rep)} is told that ${lead} ${fact.reason === 'hot' ? 'is hot' : 'asks to talk'}`,
      };
    case 'ConsentChanged':
      return { mark: '·', text: `${lead}: marketing mail ${fact.marketing}` };
    case 'NurtureEnrolled':
      return { mark: '·', text: `${lead} begins ${fact.campaign}` };
    case 'NurtureExited':
      return { mark: '·', text: `${lead} ends ${fact.campaign} (${fact.reason})` };
    case 'NurtureMailSkipped':
      return { mark: '·', text: `${lead} does not get ${fact.step} (${fact.reason})` };
    // Told by their mail, or by what follows from them.
    case 'NurtureMailSent':
    case 'LeadEngaged':
    case 'LeadPriorityChanged':
    case 'ConsentStated':
    case 'HandoffMoved':
      return undefined;
  }
};
