import type { UnkeptProperty } from '../explain/unkept-properties.ts';
import type { LeadImpact } from './lead-impact.ts';

const bandWidth = 25;
const highestBand = 3;

/** `25-49`; the highest has no end. */
const bandOf = (score: number): string => {
  const band = Math.min(highestBand, Math.max(0, Math.floor(score / bandWidth)));
  return band === highestBand ? `${band * bandWidth}+` : `${band * bandWidth}-${(band + 1) * bandWidth - 1}`;
};

type BandChange = Readonly<{ from: string; to: string; leads: number }>;
type Unkept = UnkeptProperty & Readonly<{ leads: number }>;

/** What a policy makes of all leads, with nothing new happening. Lists begin with the strongest. */
export type Impact = Readonly<{
  leads: number;
  /** Whose engagements add up to something else, or would have to be looked at. */
  refolded: number;
  /** They wait for a person today, and go on to. */
  waiting: number;
  mqls: readonly LeadImpact[];
  /** Of these: they qualify by the policy that they have, too. */
  already: number;
  hot: Readonly<{ becomes: readonly LeadImpact[]; noLonger: readonly LeadImpact[] }>;
  cold: readonly LeadImpact[];
  bands: readonly BandChange[];
  unkept: readonly Unkept[];
}>;

export const sumImpact = async (impacts: AsyncIterable<LeadImpact>): Promise<Impact> => {
  let [leads, refolded, waiting] = [0, 0, 0];
  const changed: LeadImpact[] = [];
  const bands = new Map<string, BandChange>();
  const unkept = new Map<string, Unkept>();
  for await (const impact of impacts) {
    leads += 1;
    if (impact.refolded) refolded += 1;
    if (impact.waits) waiting += 1;
    if (impact.mql !== undefined || impact.cold || impact.hot !== 'as-before') changed.push(impact);
    addBand(bands, impact);
    for (const one of impact.unkept) addUnkept(unkept, one);
  }
  changed.sort(strongestFirst);
  const mqls = changed.filter(({ mql }) => mql !== undefined);
  return {
    leads,
    refolded,
    waiting,
    mqls,
    already: mqls.filter(({ mql }) => mql?.already === true).length,
    hot: {
      becomes: changed.filter(({ hot }) => hot === 'becomes'),
      noLonger: changed.filter(({ hot }) => hot === 'no-longer'),
    },
    cold: changed.filter(({ cold }) => cold),
    bands: [...bands.values()].sort((a, b) => b.leads - a.leads || (a.from < b.from ? -1 : 1)),
    unkept: [...unkept.values()].sort((a, b) => b.engagements - a.engagements),
  };
};

const addBand = (bands: Map<string, BandChange>, { score }: LeadImpact): void => {
  const [from, to] = [bandOf(score.from), bandOf(score.to)];
  if (from === to) return;
  const key = `${from} ${to}`;
  bands.set(key, { from, to, leads: (bands.get(key)?.leads ?? 0) + 1 });
};

const addUnkept = (all: Map<string, Unkept>, one: UnkeptProperty): void => {
  const key = `${one.kind} ${one.property}`;
  const { engagements, leads } = all.get(key) ?? { engagements: 0, leads: 0 };
  all.set(key, { ...one, engagements: engagements + one.engagements, leads: leads + 1 });
};

const strongestFirst = (a: LeadImpact, b: LeadImpact): number => {
  if (a.mql?.by !== b.mql?.by) return a.mql?.by === 'asked' ? -1 : 1;
  return b.score.to - a.score.to || (a.leadId < b.leadId ? -1 : 1);
};
