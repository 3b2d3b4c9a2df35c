import type { SalesStates } from '../../shared/commit-handoff.ts';
import type { Account } from '../../shared/domain/account.ts';
import type { CompanyRep, Handoff, LeadHandoffs } from '../../shared/domain/handoff.ts';
import { NobodyToAskError } from '../../shared/domain/holder-calendar.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import type { Roster } from '../../shared/domain/roster.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type {
  AccountReader,
  Aggregates,
  Clock,
  LeadEvidenceReader,
  Loaded,
  PolicySource,
} from '../../shared/ports.ts';
import { moveHandoffs } from './move-handoffs.ts';

export type OpenHandoffDeps = Readonly<{
  aggregates: Aggregates<SalesStates>;
  leads: LeadEvidenceReader;
  accounts: AccountReader;
  policy: PolicySource;
  clock: Clock;
}>;

/** Everything that decisions about a lead's handoff are taken on, as it is now. */
export type Scene = Readonly<{
  lead: LeadView;
  leadHandoffs: Loaded<LeadHandoffs>;
  /** The open or accepted one. */
  current?: (Loaded<Handoff> & { state: Handoff }) | undefined;
  /** The one that this cause opens, or has opened. */
  own: Loaded<Handoff>;
  ownId: string;
  policy: Policy;
  now: Instant;
}>;

/**
 * Undefined: there is no such lead any more. Of a lead that was merged it is the scene of the other one, to which its
 * handoffs have been moved by then.
 */
export const loadScene = async (
  deps: OpenHandoffDeps,
  leadId: string,
  ownId: string,
): Promise<Scene | undefined> => {
  const scene = await sceneOf(deps, leadId, ownId);
  if (scene?.lead.absorbed === undefined) return scene;
  const hasMoved = await moveHandoffs(deps, scene.lead.leadId, scene.lead.absorbed);
  // What was read before may be of another lead, or from before the move.
  return scene.lead.leadId === leadId && !hasMoved ? scene : sceneOf(deps, scene.lead.leadId, ownId);
};

const sceneOf = async (
  { aggregates, leads, policy: source, clock }: OpenHandoffDeps,
  leadId: string,
  ownId: string,
): Promise<Scene | undefined> => {
  const now = clock.now();
  const published = await source.current();
  // The handoffs are read before the lead: whoever moves the lead after this withdraws what was opened meanwhile.
  const leadHandoffs = await aggregates.load('lead-handoffs', leadId);
  const own = await aggregates.load('handoff', ownId);
  const current = await loadCurrent(aggregates, leadHandoffs);
  const lead = await leads.view(leadId, published, now);
  return lead === undefined
    ? undefined
    : {
        lead,
        leadHandoffs,
        ...(current === undefined ? {} : { current }),
        own,
        ownId,
        policy: published.policy,
        now,
      };
};

/** Where the lead's company stands, and who there is to take it. */
export type Field = Readonly<{ roster: Roster; account?: Account; companyRep?: CompanyRep }>;

/** @throws NobodyToAskError if there is no roster yet: the fact comes again, and operators hear of it. */
export const loadField = async (
  { aggregates, accounts }: OpenHandoffDeps,
  { companyDomain }: LeadView,
): Promise<Field> => {
  const roster = await aggregates.load('roster', 'current');
  if (roster.state === undefined) throw new NobodyToAskError('there is no roster');
  if (companyDomain === undefined) return { roster: roster.state };
  const account = await accounts.account(companyDomain);
  const rep = await aggregates.load('company-rep', companyDomain);
  return {
    roster: roster.state,
    ...(account === undefined ? {} : { account }),
    ...(rep.state === undefined ? {} : { companyRep: rep.state }),
  };
};

const loadCurrent = async (
  aggregates: Aggregates<SalesStates>,
  { state }: Loaded<LeadHandoffs>,
): Promise<(Loaded<Handoff> & { state: Handoff }) | undefined> => {
  if (state?.current === undefined) return undefined;
  const loaded = await aggregates.load('handoff', state.current);
  return loaded.state === undefined || loaded.state.status === 'closed' ? undefined : loaded;
};
