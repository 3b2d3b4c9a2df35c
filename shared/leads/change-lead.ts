import { ContentionError } from '../commit.ts';
import { leadDueAt } from '../domain/decide-due.ts';
import type { Decision } from '../domain/decision.ts';
import type { Lead } from '../domain/lead.ts';
import type { LeadContext } from '../domain/move-lead.ts';
import { stampLead } from '../domain/stamp-lead.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock, LeadRecords, LeadStore, LoadedLead, PolicySource } from '../ports.ts';

export type ChangeLeadDeps = Readonly<{
  leads: LeadStore;
  records: LeadRecords;
  policy: PolicySource;
  clock: Clock;
}>;

/** What is to become of a lead; the same state and no facts: nothing. Undefined: there is no such lead to decide about. */
export type DecideLead = (lead: Lead | undefined, context: LeadContext) => Decision<Lead> | undefined;

export type LeadOutcome = 'saved' | 'unchanged';

const maxAttempts = 8;

/**
 * The one shape of change, for leads: the lead is read, then its profile, then it is decided and saved in one
 * conditional write with its facts and its due time. Somebody else saved first? It is decided again.
 * @throws ContentionError after eight lost races.
 */
export const makeChangeLead =
  ({ leads, records, policy, clock }: ChangeLeadDeps) =>
  async (
    leadId: string,
    decide: (loaded: LoadedLead) => DecideLead | Promise<DecideLead>,
  ): Promise<LeadOutcome> => {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const loaded = await leads.load(leadId);
      const decideLead = await decide(loaded);
      const profile = (await records.load('profile', leadId)).state ?? {};
      const context = { leadId, profile, policy: await policy.current(), now: clock.now() };
      const decision = decideLead(loaded.state, context);
      if (decision === undefined) return 'unchanged';
      const next = stampLead(leadId, loaded.version + 1, decision);
      const dueAt = leadDueAt(next.state, context);
      if (
        decision.state === loaded.state &&
        decision.facts.length === 0 &&
        !isStale(loaded, dueAt, context.now)
      )
        return 'unchanged';
      const due = dueAt === undefined ? {} : { dueAt };
      if ((await leads.save(leadId, loaded, { ...next, ...due })) === 'saved') return 'saved';
      await leads.pause(attempt);
    }
    throw new ContentionError(`gave up after ${maxAttempts} conflicts`);
  };

/** Due now, although it should not be: it would be looked at each minute for ever. */
const isStale = (loaded: LoadedLead, dueAt: Instant | undefined, now: Instant): boolean =>
  loaded.dueAt !== undefined && loaded.dueAt <= now && (dueAt === undefined || dueAt > now);
