import type { Draws } from '../../../shared/simulation/draws.ts';

/** A lead of a simulated history, as its producers know it. */
export type CastLead = Readonly<{
  /** The strongest name; weaker ones may come with it, or alone before it. */
  lead: Readonly<{ userId?: string; email?: string; anonymousId?: string }>;
  before?: Readonly<{ anonymousId: string }>;
  traits?: Readonly<Record<string, unknown>>;
  consent?: 'opt-in' | 'double-opt-in' | 'confirmed';
}>;

const companies = ['harbour.example', 'werk.example', 'gmail.com'];
const countries = ['GB', 'GB', 'DE', 'US', 'AT', undefined, 'KP'];
const industries = ['software', 'manufacturing', 'retail', 'mining', 'tobacco'];
const roles = ['director', 'ceo', 'manager', 'engineer', 'student'];

/** So that most may become MQLs, and some never. */
export const castOf = (draws: Draws): readonly CastLead[] =>
  Array.from({ length: draws.whole(1, 4) }, (_, i) => castLead(draws, i));

const castLead = (draws: Draws, i: number): CastLead => {
  const email = `lead-${i}@${draws.pick(companies)}`;
  const anonymous = { anonymousId: `a-${i}` };
  if (draws.chance(0.08)) return { lead: anonymous };
  const lead = draws.chance(0.3) ? { userId: `u-${i}`, email } : { email };
  const country = draws.pick(countries.slice(0, draws.chance(0.1) ? 7 : 6));
  return {
    lead,
    ...(draws.chance(0.3) ? { before: anonymous } : {}),
    ...(draws.chance(0.15)
      ? {}
      : {
          traits: {
            firstName: `First${i}`,
            employees: draws.pick([5, 20, 120, 120, 400, 2000]),
            industry: draws.pick(industries.slice(0, draws.chance(0.08) ? 5 : 3)),
            role: draws.pick(roles.slice(0, draws.chance(0.08) ? 5 : 3)),
            language: draws.pick(['en', 'de']),
            ...(country === undefined ? {} : { country }),
          },
        }),
    ...(draws.chance(0.85)
      ? { consent: draws.pick(['opt-in', 'opt-in', 'double-opt-in', 'confirmed']) }
      : {}),
  };
};
