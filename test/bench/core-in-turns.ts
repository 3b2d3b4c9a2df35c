/** In a process of its own: one kind of lead, in turns with json-rules-engine. Writes a {@link CoreInTurns} as JSON. */
import { parseArgs } from 'node:util';
import { ruleOf } from '../../shared/domain/fold/rule-of.ts';
import { benchPolicy } from './bench-policy.ts';
import { coreOn } from './core.ts';
import { median, processorMs } from './criterion.ts';
import { CodedLead, type KeptLead, PlainLead } from './lead-states.ts';
import { bodyOf, type Delivery, mixOf } from './mix.ts';
import { rulesEngine } from './rules-engine.ts';

export type CoreInTurns = Readonly<{
  /** Deliveries a second, and how many times as many as json-rules-engine: medians of the rounds. */
  rate: number;
  rulesRate: number;
  ratio: number;
  /** Deliveries for which both found the same rule. */
  compared: number;
  same: number;
}>;

const rounds = 5;
/** Not counted: an instance works far longer than it warms up. */
const warmUps = 2;
/** The end of the mix, with the core; what comes before is the leads' history already. */
const perRound = 20_000;
/** It takes as long for so many. */
const perRulesRound = 2000;

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, stored: { type: 'boolean' } },
});
const Kept: new (leadId: string) => KeptLead = values.stored === true ? CodedLead : PlainLead;
const policy = await benchPolicy();
const mix = mixOf({ seed: Number(values.seed), leads: 1800, hotEvents: 5400 });
const bodies = mix.map(bodyOf);
const times = mix.map(({ receivedAt }) => receivedAt);
const first = mix.length - perRound;
const core = coreOn(policy);
const match = rulesEngine(policy.policy.scoring.rules);

/** The lead of each delivery. */
const newLeads = (): readonly KeptLead[] => {
  const leads = new Map<string, KeptLead>();
  return mix.map(({ detail: { lead } }) => {
    const name = lead.email ?? '';
    const known = leads.get(name) ?? new Kept(name);
    leads.set(name, known);
    return known;
  });
};

/** Microseconds for each. */
const timeOfCore = (): number => {
  const leads = newLeads();
  const take = (i: number) => core(leads[i]!, bodies[i]!, times[i]!);
  for (let i = 0; i < first; i++) take(i);
  const startedAt = processorMs();
  for (let i = first; i < mix.length; i++) take(i);
  return ((processorMs() - startedAt) / perRound) * 1000;
};

const timeOfRules = async (slice: readonly Delivery[]) => {
  const startedAt = processorMs();
  const matches: (number | undefined)[] = [];
  for (const delivery of slice) matches.push(await match(delivery));
  const time = ((processorMs() - startedAt) / slice.length) * 1000;
  const same = slice.filter(({ detail: { kind, properties = {} } }, i) => {
    return ruleOf({ kind, facets: properties }, policy.policy)?.number === matches[i];
  }).length;
  return { time, same };
};

const samples: { core: number; rules: number; same: number }[] = [];
for (let round = 0; round < warmUps + rounds; round++) {
  const time = timeOfCore();
  const start = first + ((round * perRulesRound) % perRound);
  const { time: rules, same } = await timeOfRules(mix.slice(start, start + perRulesRound));
  if (round >= warmUps) samples.push({ core: time, rules, same });
}
const result: CoreInTurns = {
  rate: median(samples.map((sample) => 1_000_000 / sample.core)),
  rulesRate: median(samples.map((sample) => 1_000_000 / sample.rules)),
  ratio: median(samples.map((sample) => sample.rules / sample.core)),
  compared: rounds * perRulesRound,
  same: samples.reduce((sum, sample) => sum + sample.same, 0),
};
process.stdout.write(JSON.stringify(result));
