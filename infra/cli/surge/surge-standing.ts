import { type MqlHour, type Surge, surgeOf } from '../../../shared/domain/surge.ts';
import { HOUR, type Instant, instantOf, latest } from '../../../shared/domain/time.ts';
import type { MqlPace, PolicySource } from '../../../shared/ports.ts';
import type { WaitingLead } from '../import/list-waiting.ts';

export type SurgeStanding = Readonly<{
  /** Absent: the policy in force has no brake. */
  surge?: Surge;
  /** Who waits, who asked first, then the highest score. */
  held: readonly WaitingLead[];
}>;

export type SurgeWorld = Readonly<{
  policy: Pick<PolicySource, 'current'>;
  pace: Pick<MqlPace, 'hours'>;
  held(): AsyncIterable<WaitingLead>;
  now: Instant;
}>;

export const surgeStanding = async ({ policy, pace, held, now }: SurgeWorld): Promise<SurgeStanding> => {
  const hours = await pace.hours();
  const surge = surgeOf(hours, (await policy.current()).policy, notBefore(hours, now));
  const all: WaitingLead[] = [];
  for await (const lead of held()) all.push(lead);
  all.sort((a, b) => b.score - a.score || (a.leadId < b.leadId ? -1 : 1));
  return { ...(surge === undefined ? {} : { surge }), held: all };
};

/** A local stack's time travels, and this process does not know it: it is not before the last that was counted. */
const notBefore = (hours: readonly MqlHour[], now: Instant): Instant =>
  latest(now, instantOf(Math.max(0, ...hours.map(({ hour }) => hour)) * HOUR));
