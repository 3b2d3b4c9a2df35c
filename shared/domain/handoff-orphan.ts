import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';
import { afterFacts, settleBreaches } from './handoff-breach.ts';
import { reassignToColleague, type Staffing } from './handoff-reassign.ts';
import { personOf, type Roster } from './roster.ts';

/** Its holder is no longer in the roster: nobody will act on reminders. */
export const isOrphaned = ({ status, holder }: Handoff, roster: Roster | undefined): boolean =>
  status !== 'closed' && roster !== undefined && personOf(roster, holder) === undefined;

/**
 * Who leaves, leaves no lead behind: an open handoff goes to a colleague, else to the manager. One that is accepted stays
 * where it is, because somebody has spoken with the lead; and nothing happens where the roster knows nobody at all.
 */
export const giveOrphan = (handoff: Handoff, staffing: Staffing): Decision<Handoff> => {
  const unchanged = { state: handoff, facts: [] };
  if (handoff.status !== 'open' || !isOrphaned(handoff, staffing.roster)) return unchanged;
  const { state, facts } = settleBreaches(handoff, staffing.now);
  const given = reassignToColleague(state, 'holder-left', staffing);
  return isOrphaned(given.state, staffing.roster) ? unchanged : afterFacts(facts, given);
};
