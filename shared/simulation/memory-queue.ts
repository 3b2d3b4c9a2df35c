import type { Message, Queue } from '../ports.ts';

/** A queue that keeps what was sent until somebody takes it out. */
export const memoryQueue = (): Queue & Readonly<{ messages: Message[] }> => {
  const messages: Message[] = [];
  return {
    messages,
    async send(sent) {
      messages.push(...sent);
    },
  };
};
