import type { Route } from '../policy/schema.ts';
import type { Account } from './account.ts';
import type { CompanyRep } from './handoff.ts';
import { NobodyToAskError } from './holder-calendar.ts';
import { type Choice, chooseHolder, isAway } from './holder-choice.ts';
import type { LeadOutline } from './lead-view.ts';
import { personOf, type Roster, type Team, type TeamLoads, teamOf } from './roster.ts';
import type { Instant } from './time.ts';

/** What routes are chosen by. */
export type RoutingFacts = Readonly<{
  lead: Pick<LeadOutline, 'segment' | 'locale' | 'country'>;
  /** Asked to talk. */
  intent: boolean;
  /** What the CRM knows of the company. */
  account?: Account;
  /** Who deals with a colleague. */
  companyRep?: CompanyRep;
}>;

/** Where a lead goes: to nobody, to a team, or to one person of it. */
export type Target = Readonly<
  | { type: 'none'; route: string /** Is told of it, though nobody gets it. */; tell?: string }
  | { type: 'team'; route: string; team: Team /** No route fitted. */; stray?: boolean }
  | { type: 'person'; route: string; team: Team; person: string }
>;

/**
 * The first route that fits. One that leads to somebody whom the roster does not know is passed over; if none is left,
 * the roster's first team: no lead is ever left unassigned by mistake.
 * @throws NobodyToAskError if the roster has no team.
 */
export const routeLead = (routes: readonly Route[], facts: RoutingFacts, roster: Roster): Target => {
  for (const route of routes) {
    if (!fits(route, facts, roster)) continue;
    const target = targetOf(route, facts, roster);
    if (target !== undefined) return target;
  }
  const [team] = roster.teams;
  if (team === undefined) throw new NobodyToAskError('the roster has no team');
  return { type: 'team', route: 'otherwise', team, stray: true };
};

/** Who takes it. Somebody named takes it even when full; while they are away, their team does. */
export const holderFor = (
  target: Exclude<Target, { type: 'none' }>,
  roster: Roster,
  loads: TeamLoads,
  now: Instant,
): Choice => {
  const person = target.type === 'person' ? personOf(roster, target.person) : undefined;
  if (person !== undefined && !isAway(person, now)) return { holder: person.id, flagged: false };
  const choice = chooseHolder(target.team, roster, loads, now);
  if (choice === undefined) return { holder: person?.id ?? target.team.manager, flagged: true };
  return target.type === 'team' && target.stray ? { ...choice, flagged: true } : choice;
};

/** The team that somebody works in or leads. */
export const teamOfPerson = ({ teams }: Roster, id: string | undefined): Team | undefined =>
  teams.find(({ members }) => id !== undefined && members.includes(id)) ??
  teams.find(({ manager }) => manager === id) ??
  teams.find(({ nextManager }) => nextManager === id);

const fits = (
  { when }: Route,
  { lead, intent, account, companyRep }: RoutingFacts,
  roster: Roster,
): boolean => {
  const held = companyRep !== undefined && personOf(roster, companyRep.rep) !== undefined;
  const checks: readonly boolean[] = [
    when.openDeal === undefined || when.openDeal === (account?.openDeal ?? false),
    when.customer === undefined || when.customer === (account?.status === 'customer'),
    when.owned === undefined || when.owned === (account?.owner !== undefined),
    when.colleagueHeld === undefined || when.colleagueHeld === held,
    when.segment?.includes(lead.segment) ?? true,
    when.language === undefined || when.language === lead.locale,
    when.country === undefined || (lead.country !== undefined && when.country.includes(lead.country)),
    when.intent === undefined || when.intent === intent,
  ];
  return checks.every(Boolean);
};

const targetOf = (
  { name, to }: Route,
  { account, companyRep }: RoutingFacts,
  roster: Roster,
): Target | undefined => {
  switch (to.type) {
    case 'none':
      return { type: 'none', route: name };
    case 'owner': {
      const target = personTarget(name, account?.owner, roster);
      return to.handoff === false && target?.type === 'person'
        ? { type: 'none', route: name, tell: target.person }
        : target;
    }
    case 'same-rep':
      return personTarget(name, companyRep?.rep, roster);
    case 'team': {
      const team = teamOf(roster, to.team);
      return team === undefined ? undefined : { type: 'team', route: name, team };
    }
  }
};

const personTarget = (route: string, person: string | undefined, roster: Roster): Target | undefined => {
  const team = teamOfPerson(roster, person);
  return team === undefined || person === undefined || personOf(roster, person) === undefined
    ? undefined
    : { type: 'person', route, team, person };
};
