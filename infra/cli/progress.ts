import { styleText } from 'node:util';

export type Progress = Readonly<{ tell(message: string): void; end(): void }>;

/**
 * What is being done, on stderr, so that stdout has nothing but the result. A terminal shows one line that changes; a
 * pipe gets a line for each new step, without the counting in between.
 */
export const progressOn = (stream: NodeJS.WriteStream = process.stderr): Progress => {
  const startedAt = performance.now();
  let step = '';
  return {
    tell(message) {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(3);
      if (stream.isTTY) {
        const room = Math.max(20, (stream.columns ?? 80) - 8);
        stream.write(`\r\u001B[K${styleText('dim', `${seconds} s`)}  ${message.slice(0, room)}`);
        return;
      }
      const next = message.replace(/[\d:].*/, '');
      if (next === step) return;
      step = next;
      stream.write(`${seconds} s  ${message}\n`);
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001B[K');
    },
  };
};
