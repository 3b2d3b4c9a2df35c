import { setTimeout } from 'node:timers/promises';
import { scoringKey } from '../../../shared/domain/fold/scoring-index.ts';
import { type Instant, latest } from '../../../shared/domain/time.ts';
import { awaited } from '../../../shared/domain/would-be-mql.ts';
import { applyPolicy } from '../../../shared/events/commands.ts';
import type { LeadStore, PublishedPolicy, Queue } from '../../../shared/ports.ts';
import type { Sleep } from '../import/work-off.ts';
import { sendPaced } from '../paced-commands.ts';
import { eachLead, type HeadAndProfile, type LeadsDeps } from './judged-leads.ts';

export type ApplyOptions = Readonly<{
  /** Leads a minute. */
  rate: number;
  by: string;
  /** Only so many. */
  limit?: number;
}>;

export type ApplyWorld = LeadsDeps &
  Readonly<{
    leads: Pick<LeadStore, 'load'>;
    policy: Readonly<{ current(): Promise<PublishedPolicy> }>;
    /** The queue of advance-lead. */
    commands: Queue;
    now: () => Instant;
    sleep?: Sleep;
    onProgress?: (message: string) => void;
  }>;

export type ApplyReport = Readonly<{
  sequence: number;
  version: string;
  leads: number;
  /** They have it already, and it makes nothing more of them. */
  done: number;
  /** They were asked to follow now, and those beyond the limit were not. */
  sent: number;
  left: number;
  /** Of those sent: they have followed. */
  applied: number;
  /** Of those: they became MQLs by it. */
  mqls: number;
  /** Commands that were not carried out yet. */
  pending: number;
}>;

const patienceMs = 60_000;
const pollMs = 1000;
const atOnce = 20;

/**
 * Lets the policy in force take hold of all leads that it has not reached: those whose engagements it adds up otherwise,
 * and those that it makes MQLs with nothing new happening. Each is a command to the lead's own worker, which decides;
 * stopped and begun again it goes on with those that are left.
 */
export const runApply = async (
  { rate, by, limit = Infinity }: ApplyOptions,
  world: ApplyWorld,
): Promise<ApplyReport> => {
  const { onProgress = () => {}, sleep = setTimeout } = world;
  const inForce = await world.policy.current();
  const { sequence } = inForce;
  const waiting: string[] = [];
  let leads = 0;
  const judge = async (lead: HeadAndProfile) =>
    isToFollow(lead, inForce, world.now()) ? lead.leadId : undefined;
  for await (const leadId of eachLead(world, judge, onProgress)) {
    leads += 1;
    if (leadId !== undefined) waiting.push(leadId);
  }
  const chosen = waiting.slice(0, limit);
  const commands = chosen.map((leadId) => ({ type: applyPolicy.type, detail: { leadId, by, sequence } }));
  await sendPaced(world.commands, commands, { rate, sleep, doing: 'applying', onProgress });
  const outcome = await outcomes(chosen, inForce, { ...world, sleep, onProgress });
  return {
    sequence,
    version: inForce.policy.version,
    leads,
    done: leads - waiting.length,
    sent: chosen.length,
    left: waiting.length - chosen.length,
    ...outcome,
  };
};

/** Cheap to ask: no timeline is read for it. */
const isToFollow = (
  { leadId, lead, profile }: HeadAndProfile,
  inForce: PublishedPolicy,
  asked: Instant,
): boolean => {
  if (lead.mergedInto !== undefined) return false;
  if (lead.policy.scoring !== scoringKey(inForce.policy)) return true;
  const now = latest(asked, lead.stageAt);
  return (
    lead.wouldBeMql === undefined && awaited(lead, { leadId, profile, policy: inForce, now }) !== undefined
  );
};

const outcomes = async (
  chosen: readonly string[],
  inForce: PublishedPolicy,
  { leads, records, now, sleep, onProgress }: ApplyWorld & Required<Pick<ApplyWorld, 'sleep' | 'onProgress'>>,
): Promise<Pick<ApplyReport, 'applied' | 'mqls' | 'pending'>> => {
  const look = async (leadId: string): Promise<'mql' | 'applied' | 'pending'> => {
    const loaded = await leads.load(leadId);
    const { state: lead } = loaded;
    if (lead?.mqlCause?.id.startsWith(`apply-${inForce.sequence}-`) === true) return 'mql';
    if (lead === undefined) return 'applied';
    const profile = (await records.load('profile', leadId)).state ?? {};
    return isToFollow({ leadId, loaded, lead, profile }, inForce, now()) ? 'pending' : 'applied';
  };
  let [applied, mqls] = [0, 0];
  let open = chosen;
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const left: string[] = [];
    for (let i = 0; i < open.length; i += atOnce) {
      const group = open.slice(i, i + atOnce);
      for (const [n, seen] of (await Promise.all(group.map(look))).entries()) {
        if (seen === 'pending') left.push(group[n] ?? '');
        else applied += 1;
        if (seen === 'mql') mqls += 1;
      }
    }
    open = left;
    if (open.length === 0 || waitedMs >= patienceMs) return { applied, mqls, pending: open.length };
    onProgress(`waiting for ${open.length} to follow`);
    await sleep(pollMs);
  }
};
