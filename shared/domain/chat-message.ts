import type { FactOf } from '../events/facts.ts';
import type { DeadlineName } from './handoff.ts';

const deadlineWords: Readonly<Record<DeadlineName, string>> = {
  accept: 'acceptance',
  firstContact: 'first contact',
  qualify: 'qualification',
};

/**
 * A late handoff for a chat channel, in the form that Amazon Q Developer in chat applications shows as a card
 * (custom notifications, version 1.0); handoffs have a thread each. Ids only: who it is stands in the mail.
 */
export const chatMessage = (
  fact: FactOf<'HandoffBreached' | 'HandoffEscalated'>,
): Readonly<{ subject: string; message: string }> => {
  const escalated = fact.type === 'HandoffEscalated';
  const hot = fact.priority === 'hot' ? 'Hot handoff' : 'Handoff';
  const subject = `${hot} ${escalated ? 'escalated' : 'late'}: ${deadlineWords[fact.deadline]}`;
  return {
    subject,
    message: JSON.stringify({
      version: '1.0',
      source: 'custom',
      id: fact.factId,
      content: {
        textType: 'client-markdown',
        title: subject,
        description: `Handoff \`${fact.handoffId}\` of lead \`${fact.leadId}\`, held by \`${fact.holder}\`: ${deadlineWords[fact.deadline]} was due ${fact.dueAt}. Told to \`${fact.manager}\`.`,
        nextSteps: ['Ask the holder, or give it to somebody else'],
        keywords: ['baton', fact.priority, fact.deadline],
      },
      metadata: {
        threadId: fact.handoffId,
        summary: subject,
        eventType: fact.type,
        relatedResources: [fact.leadId],
      },
    }),
  };
};
