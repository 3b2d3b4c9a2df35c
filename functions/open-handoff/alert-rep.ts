import type { LeadOutline } from '../../shared/domain/lead-view.ts';
import { personOf } from '../../shared/domain/roster.ts';
import type { Target } from '../../shared/domain/routing.ts';
import type { Fact } from '../../shared/events/facts.ts';
import type { Field, Scene } from './scene.ts';

/** Why a rep is told: an engagement that asked to talk, what made the lead an MQL, or what made it hot. */
type Cause = Readonly<{ engagementId?: string; rep: string; reason: string }>;

/** Tells a rep of a lead that they are not to accept. */
export const alertOf = (
  { lead, current, now }: Scene,
  field: Field,
  { engagementId, rep, reason }: Cause,
) => ({
  type: 'RepAlerted' as const,
  leadId: lead.leadId,
  at: now,
  ...(current === undefined ? {} : { handoffId: current.state.id }),
  rep,
  ...(rep === field.account?.owner && (current === undefined || isCustomer(lead, field))
    ? { owner: true as const }
    : {}),
  reason,
  ...(engagementId === undefined ? {} : { engagementId }),
});

/**
 * Who is told of an MQL that nobody gets: whoever the route names, and where the lead has asked to talk whoever knows it.
 * Nobody, where it has not asked, or nobody knows it.
 */
export const alertsInPlaceOf = (
  target: Target,
  scene: Scene,
  field: Field,
  opening: Readonly<{ cause: { id: string }; asked?: LeadOutline['asked'] }>,
): readonly Fact[] => {
  if (target.type !== 'none') return [];
  const rep = target.tell ?? (opening.asked === undefined ? undefined : knownRep(scene, field));
  const engagementId = opening.asked?.engagementId ?? opening.cause.id;
  return rep === undefined
    ? []
    : [alertOf({ ...scene, current: undefined }, field, { engagementId, rep, reason: target.route })];
};

/**
 * Who dealt with the lead, who owns its company, who deals with a colleague: whoever of them is still there. A customer
 * belongs to the owner first.
 */
export const knownRep = ({ lead }: Scene, field: Field, last?: string): string | undefined => {
  const { roster, account, companyRep } = field;
  const known = [last, account?.owner, companyRep?.rep];
  return (lead.stage === 'customer' ? [account?.owner, ...known] : known).find(
    (id) => personOf(roster, id) !== undefined,
  );
};

const isCustomer = ({ stage }: LeadOutline, { account }: Field): boolean =>
  stage === 'customer' || account?.status === 'customer';
