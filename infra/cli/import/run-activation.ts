import { setTimeout } from 'node:timers/promises';
import { activateLead } from '../../../shared/events/commands.ts';
import type { LeadStore, Queue } from '../../../shared/ports.ts';
import { sendPaced } from '../paced-commands.ts';
import type { WaitingLead } from './list-waiting.ts';
import type { Sleep } from './work-off.ts';

export type ActivationOptions = Readonly<{
  /** Leads a minute. */
  rate: number;
  /** Who lets them go on. */
  by: string;
  dryRun: boolean;
  /** Only those whose engagement happened since then, and only so many. */
  since?: string;
  limit?: number;
}>;

export type ActivationWorld = Readonly<{
  waiting(): AsyncIterable<WaitingLead>;
  /** The queue of advance-lead. */
  commands: Queue;
  leads: Pick<LeadStore, 'load'>;
  sleep?: Sleep;
  elapsedMs?: () => number;
  onProgress?: (message: string) => void;
}>;

export type ActivationReport = Readonly<{
  dryRun: boolean;
  /** In the order in which they go on: who asked, then the highest score. */
  chosen: readonly WaitingLead[];
  released: number;
  /** They wait no longer, and did not move: cooled, excluded, or moved otherwise. */
  noLonger: number;
  /** Commands that were not carried out yet. */
  pending: number;
}>;

const patienceMs = 60_000;
const pollMs = 1000;

/**
 * Lets leads go on that wait, as many a minute as sales can take. Each is a command to the lead's own worker, which looks
 * whether it still waits: stopped and begun again, or told twice, nobody is released twice.
 */
export const runActivation = async (
  { rate, by, dryRun, since = '', limit = Infinity }: ActivationOptions,
  world: ActivationWorld,
): Promise<ActivationReport> => {
  const { onProgress = () => {} } = world;
  onProgress('asking who waits');
  const all: WaitingLead[] = [];
  for await (const lead of world.waiting()) if (lead.occurredAt >= since) all.push(lead);
  const chosen = all.sort(urgentFirst).slice(0, limit);
  if (dryRun) return { dryRun, chosen, released: 0, noLonger: 0, pending: 0 };
  const commands = chosen.map(({ leadId }) => ({ type: activateLead.type, detail: { leadId, by } }));
  const { sleep } = world;
  await sendPaced(world.commands, commands, {
    rate,
    doing: 'releasing',
    onProgress,
    ...(sleep === undefined ? {} : { sleep }),
  });
  return { dryRun, chosen, ...(await outcomes(chosen, world)) };
};

const urgentFirst = (a: WaitingLead, b: WaitingLead): number => {
  if (a.by !== b.by) return a.by === 'asked' ? -1 : 1;
  if (a.score !== b.score) return b.score - a.score;
  return a.leadId < b.leadId ? -1 : 1;
};

const outcomes = async (
  chosen: readonly WaitingLead[],
  { leads, sleep = setTimeout, onProgress = () => {} }: ActivationWorld,
): Promise<Omit<ActivationReport, 'dryRun' | 'chosen'>> => {
  let [released, noLonger] = [0, 0];
  let open: readonly WaitingLead[] = chosen;
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const left: WaitingLead[] = [];
    for (const lead of open) {
      const { state } = await leads.load(lead.leadId);
      if (state?.wouldBeMql !== undefined) left.push(lead);
      else if (state?.mqlCause?.type === 'command') released += 1;
      else noLonger += 1;
    }
    open = left;
    if (open.length === 0 || waitedMs >= patienceMs) return { released, noLonger, pending: open.length };
    onProgress(`waiting for ${open.length} to be moved`);
    await sleep(pollMs);
  }
};
