import { describe, expect, it } from 'vitest';
import { type RoutingFacts, routeLead } from '../../../shared/domain/routing.ts';
import type { Route } from '../../../shared/policy/schema.ts';
import { aLeadView } from '../../support/lead-views.ts';
import { aRoster, aTeam } from '../../support/roster.ts';

const to = (team: string) => ({ type: 'team' as const, team });

/** Language and territory together, then each alone, then the rest. */
const routes: readonly Route[] = [
  { name: 'romandy', when: { language: 'en', country: ['CH'], segment: ['mid'] }, to: to('romandy') },
  { name: 'dach', when: { language: 'de', country: ['DE', 'AT', 'CH'] }, to: to('dach') },
  { name: 'german-abroad', when: { language: 'de' }, to: to('international') },
  { name: 'enterprise', when: { country: ['DE', 'AT', 'CH'] }, to: to('enterprise') },
  { name: 'rest', when: {}, to: to('international') },
];
const roster = { ...aRoster(), teams: [...aRoster().teams, aTeam('romandy', ['anna'])] };

describe('a territory is the countries of a route', () => {
  it.each<[string, Partial<RoutingFacts['lead']>, string]>([
    ['language and country', { locale: 'de', country: 'AT' }, 'dach'],
    ['the language abroad', { locale: 'de', country: 'US' }, 'german-abroad'],
    ['the language, from nobody knows where', { locale: 'de' }, 'german-abroad'],
    ['the country, in another language', { locale: 'en', country: 'DE' }, 'enterprise'],
    ['language, country and segment', { locale: 'en', country: 'CH', segment: 'mid' }, 'romandy'],
    ['all but the segment', { locale: 'en', country: 'CH', segment: 'small' }, 'enterprise'],
    ['nothing', { locale: 'en', country: 'US' }, 'rest'],
  ])('by %s', (_, lead, route) => {
    const { segment } = aLeadView();
    const target = routeLead(
      routes,
      { lead: { segment, ...lead } as RoutingFacts['lead'], intent: false },
      roster,
    );
    expect(target).toMatchObject({ type: 'team', route });
  });

  it('passes over a team that the roster does not have', () => {
    const facts: RoutingFacts = { lead: { segment: 'mid', locale: 'en', country: 'CH' }, intent: false };
    expect(routeLead(routes, facts, aRoster())).toMatchObject({ route: 'enterprise' });
  });
});
