import { setInterval } from 'node:timers';

const endKeys = new Set(['\u0003', '\u0004', 'q']);

export type Keys = Readonly<{
  s: () => Promise<void>;
  j: () => Promise<void>;
  onError: (error: unknown) => void;
}>;

/** Settles when the person wants to stop. One thing at a time: keys pressed while something is done are not heard. */
export const listenToKeys = ({ s, j, onError }: Keys): Promise<void> =>
  new Promise((resolve) => {
    const { stdin } = process;
    if (!stdin.isTTY) {
      // Nothing here would keep the process alive; a signal ends it.
      setInterval(() => {}, 60_000);
      return;
    }
    let busy = false;
    const act = async (run: () => Promise<void>) => {
      if (busy) return;
      busy = true;
      await run().catch(onError);
      busy = false;
    };
    stdin.setRawMode(true).setEncoding('utf8').resume();
    stdin.on('data', (pressed: string) => {
      if (endKeys.has(pressed)) {
        stdin.setRawMode(false).pause();
        resolve();
      }
      if (pressed === 's') void act(s);
      if (pressed === 'j') void act(j);
    });
  });
