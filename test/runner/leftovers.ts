import { readdir, readFile } from 'node:fs/promises';
import type { Step } from './step.ts';

/** Every process of a run inherits it. */
export const runMark = 'BATON_TEST_RUN';

/** That no test left a process behind. Only Linux says it. */
export const leftovers = (mark: string): Step => ({
  name: 'no process left',
  run: async () => {
    const found: string[] = [];
    for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
      if (Number(pid) === process.pid) continue;
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      if (!environment.split('\0').includes(`${runMark}=${mark}`)) continue;
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (command !== '') found.push(`${pid} ${command.replaceAll('\0', ' ')}`);
    }
    return { passed: found.length === 0 ? 1 : 0, failed: found.length, skipped: 0, output: found.join('\n') };
  },
});
