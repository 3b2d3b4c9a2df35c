import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listWaiting } from '../../infra/cli/import/list-waiting.ts';
import {
  type ImportMode,
  type ImportOptions,
  type ImportReport,
  runImport,
} from '../../infra/cli/import/run-import.ts';
import type { ImportTarget } from '../../infra/cli/import/target.ts';
import type { LeadWorld } from '../../infra/cli/lead/lead-world.ts';
import { memoryWaitingLeads } from '../../shared/simulation/memory-leads.ts';
import type { FlowSystem } from './flow-system.ts';

/** The whole system in this process as what an import goes to. It works its queues off whenever it is asked about them. */
export const flowTarget = (system: FlowSystem): ImportTarget & Pick<LeadWorld, 'commands' | 'leads'> => ({
  identity: 'in this process',
  history: system.queueOf('score-lead'),
  bus: async (events) => events.forEach(system.put),
  async backlog() {
    await system.drain();
    return 0;
  },
  deadLetters: async () => system.deadLetters.length,
  waiting: () =>
    listWaiting({ ...system.ports, waiting: memoryWaitingLeads(system.tables.leads) }, system.clock.now()),
  commands: system.queueOf('advance-lead'),
  leads: {
    async load(leadId) {
      await system.drain();
      return system.ports.leads.load(leadId);
    },
    timeline: system.ports.leads.timeline,
  },
});

/** Files to import, in a folder of their own. */
export const importFolder = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'baton-import-'));
  return {
    path: (name: string) => join(directory, name),
    async write(name: string, text: string): Promise<string> {
      const file = join(directory, name);
      await writeFile(file, text);
      return file;
    },
    remove: () => rm(directory, { recursive: true }),
    optionsFor: (path: string, mode: ImportMode = 'history'): ImportOptions => ({
      path,
      mode,
      rejectFile: `${path}.rejected.csv`,
      waitingFile: `${path}.would-be-mqls.csv`,
      checkpoints: join(directory, 'checkpoints'),
    }),
  };
};

export type ImportFolder = Awaited<ReturnType<typeof importFolder>>;

export const noSleep = async (): Promise<void> => undefined;

export const importInto = (
  target: ImportTarget,
  options: ImportOptions,
  now = '2026-11-02T08:00:00.000Z',
): Promise<ImportReport> => runImport(options, { target, now, sleep: noSleep });
