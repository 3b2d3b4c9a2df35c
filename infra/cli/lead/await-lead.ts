import { setTimeout } from 'node:timers/promises';
import type { Lead } from '../../../shared/domain/lead.ts';
import { makeFollowMerges } from '../../../shared/leads/follow-merges.ts';
import { UsageError } from '../usage-error.ts';
import type { LeadWorld } from './lead-world.ts';

type LoadsLeads = Readonly<{ leads: Pick<LeadWorld['leads'], 'load'> }>;

const patienceMs = 60_000;
const pollMs = 500;

/**
 * The lead that is named, or the one that it was merged into.
 * @throws UsageError if there is none.
 */
export const existingLead = async (
  { leads }: LoadsLeads,
  named: string,
): Promise<Readonly<{ leadId: string; lead: Lead }>> => {
  const { leadId, loaded } = await makeFollowMerges(leads)(named);
  if (loaded.state !== undefined) return { leadId, lead: loaded.state };
  throw new UsageError(
    `There is no lead ${leadId}: facts and mails name leads by their id, and baton explain --email finds it.`,
  );
};

/** Looks at a lead until there is something to see. Undefined: there was nothing for a minute; it may still come. */
export const awaitLead = async <T>(
  { leads, sleep = setTimeout }: LoadsLeads & Pick<LeadWorld, 'sleep'>,
  leadId: string,
  see: (lead: Lead) => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> => {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const { state } = await leads.load(leadId);
    const seen = state === undefined ? undefined : await see(state);
    if (seen !== undefined || waitedMs >= patienceMs) return seen;
    await sleep(pollMs);
  }
};
