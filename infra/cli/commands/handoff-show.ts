import { callApi } from '../api/call-api.ts';
import { connectTo } from '../environment-connection.ts';
import { describeHandoff } from '../handoff/describe-handoff.ts';
import { readReply } from '../handoff/read-reply.ts';

export type HandoffShowCommand = Readonly<{ id: string; env?: string; json?: true }>;

/** A handoff as the API tells it. Returns the exit code; whatever stands in the way is thrown. */
export const handoffShow = async ({ id, env, json }: HandoffShowCommand): Promise<number> => {
  const reply = await callApi(await connectTo(env), {
    method: 'GET',
    path: `/api/handoffs/${encodeURIComponent(id)}`,
  });
  const { handoff, error } = readReply(reply);
  if (json) console.log(JSON.stringify(reply.body));
  else if (handoff === undefined) console.error(error);
  else console.log(describeHandoff(handoff));
  return handoff === undefined ? 1 : 0;
};
