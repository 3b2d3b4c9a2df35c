import { styleText } from 'node:util';
import type { JudgeReport } from './judge-engagement.ts';
import type { MergeReport } from './merge-leads.ts';
import type { MoveLeadReport } from './move-lead.ts';

export const moveText = ({ leadId, from, to, outcome, why, id }: MoveLeadReport): string => {
  switch (outcome) {
    case 'moved':
      return `${leadId} went from ${from} to ${to}.`;
    case 'refused':
      return styleText('red', `${leadId} was not moved: ${why}.`);
    case 'pending':
      return styleText('red', `${leadId} has not moved yet: the command ${id} waits in its queue.`);
  }
};

export const mergeText = ({ id, leadIds, outcome, into, from, why }: MergeReport): string => {
  switch (outcome) {
    case 'merged':
      return [
        `${from} is ${into} from now on; baton explain --lead ${into} shows all that both did.`,
        'Its handoff, its mails and its consent follow within a minute or two.',
      ].join('\n');
    case 'refused':
      return styleText('red', `${leadIds.join(' and ')} were not merged: ${why}.`);
    case 'pending':
      return styleText('red', `They are not merged yet: the command ${id} waits in its queue.`);
  }
};

const effects = {
  hold: 'does not count until it is released',
  release: 'counts',
  void: 'does not count',
} as const;

export const judgeText = (report: JudgeReport): string => {
  const { leadId, engagementId, verdict, outcome, engagementKnown, stage } = report;
  switch (outcome) {
    case 'in-force':
      return [
        `${engagementId} of ${leadId} ${effects[verdict]}. The lead is ${stage}; baton explain --lead ${leadId} shows its score.`,
        ...(engagementKnown
          ? []
          : [styleText('yellow', 'It has not come yet: the verdict waits for it. Is the id right?')]),
      ].join('\n');
    case 'overruled':
      return styleText(
        'red',
        `Somebody judged ${engagementId} otherwise at the same time: look, and say it again.`,
      );
    case 'pending':
      return styleText('red', `${engagementId} is not judged yet: the command waits in its queue.`);
  }
};
