import type { ToldHandoff } from './read-reply.ts';

/** Where a handoff stands, in a few lines; times as the API gives them. */
export const describeHandoff = (handoff: ToldHandoff): string => {
  const { id, leadId, status, priority, team, holder, assignment, plan, outcome } = handoff;
  const acceptBy = status === 'open' ? (handoff.answerBy ?? plan.accept?.dueAt) : undefined;
  const lines = [
    `${id}: ${status}, ${priority}, lead ${leadId}`,
    holder === undefined
      ? 'nobody holds it'
      : `${holder} holds it (team ${team ?? '-'}, assignment ${assignment})`,
    ...due('accept', acceptBy),
    ...due('first contact', handoff.contactedAt === undefined ? plan.firstContact?.dueAt : undefined),
    ...due('qualify', plan.qualify?.dueAt),
  ];
  const ended = outcome && `${outcome.type} (${outcome.reason}) at ${outcome.at}`;
  return (ended === undefined ? lines : [...lines.slice(0, 2), ended]).join('\n');
};

const due = (what: string, at: string | undefined): readonly string[] =>
  at === undefined ? [] : [`${what} by ${at}`];
