import { randomUUID } from 'node:crypto';
import { callApi } from '../api/call-api.ts';
import { connectTo } from '../environment-connection.ts';
import { describeHandoff } from '../handoff/describe-handoff.ts';
import { readReply } from '../handoff/read-reply.ts';
import { UsageError } from '../usage-error.ts';

export type HandoffAnswerCommand = Readonly<{
  id: string;
  by: string;
  answer: string;
  command?: string;
  assignment?: number;
  env?: string;
  json?: true;
}>;

/** Somebody's answer to a handoff, by the API. Returns the exit code; whatever stands in the way is thrown. */
export const handoffAnswer = async (command: HandoffAnswerCommand): Promise<number> => {
  const { id, by, assignment, json } = command;
  const answer = answerFrom(command.answer);
  const connection = await connectTo(command.env);
  const reply = await callApi(connection, {
    method: 'POST',
    path: `/api/handoffs/${encodeURIComponent(id)}/answers`,
    say: {
      id: command.command ?? `cli-${randomUUID()}`,
      by,
      answer,
      ...(assignment === undefined ? {} : { assignment }),
    },
  });
  const { result, handoff, error } = readReply(reply);
  if (json) console.log(JSON.stringify(reply.body));
  else if (error !== undefined) console.error(error);
  else
    console.log(
      [
        result === 'repeated' ? 'It was so already.' : 'Done.',
        ...(handoff ? [describeHandoff(handoff)] : []),
      ].join('\n'),
    );
  return error === undefined ? 0 : 1;
};

/** `accept`, or the whole answer as JSON. */
const answerFrom = (text: string): unknown => {
  if (/^[a-z-]+$/.test(text)) return { type: text };
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(
      `--answer is neither a word nor JSON: write accept, or '{"type":"reject","reason":"no-need"}'.`,
    );
  }
};
