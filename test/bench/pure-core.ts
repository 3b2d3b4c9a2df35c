import { ruleOf } from '../../shared/domain/fold/rule-of.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { coreOn } from './core.ts';
import { atLeast, type Criterion, median, processorMs } from './criterion.ts';
import { codedStates, type LeadStates, plainStates } from './lead-states.ts';
import { bodyOf, type Delivery } from './mix.ts';
import { rulesEngine } from './rules-engine.ts';

const rounds = 5;
/** Not counted: an instance works far longer than it warms up. */
const warmUps = 2;
/** The end of the mix, with each core; what comes before is the leads' history already. */
const perRound = 20_000;
/** It takes as long for so many. */
const perRulesRound = 2000;

/** Deliveries a second, medians of the rounds. */
export type CoreRates = Readonly<{ core: number; withCodec: number; rulesEngine: number }>;

export type PureCore = Readonly<{
  criteria: readonly Criterion[];
  rates: CoreRates;
  /** Deliveries for which both found the same rule. */
  sameMatches: Readonly<{ of: number; same: number }>;
}>;

/**
 * Parse, dedupe, decay and rules for each delivery, in turns with json-rules-engine, which matches the same rules only.
 * Rounds are long, so that each pays for its own garbage; the leads begin anew in each.
 */
export const measureCore = async (mix: readonly Delivery[], policy: PublishedPolicy): Promise<PureCore> => {
  const match = rulesEngine(policy.policy.scoring.rules);
  const bodies = mix.map(bodyOf);
  const first = Math.max(0, mix.length - perRound);
  const measured = mix.length - first;

  /** Microseconds for each. */
  const timeOfCore = (states: LeadStates): number => {
    const core = coreOn(states, policy);
    const take = (delivery: Delivery, i: number) => core(bodies[i]!, delivery.receivedAt);
    for (let i = 0; i < first; i++) take(mix[i]!, i);
    const startedAt = processorMs();
    for (let i = first; i < mix.length; i++) take(mix[i]!, i);
    return ((processorMs() - startedAt) / measured) * 1000;
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

  const samples: { core: number; withCodec: number; rulesEngine: number; same: number }[] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const core = timeOfCore(plainStates());
    const withCodec = timeOfCore(codedStates());
    const start = first + ((round * perRulesRound) % measured);
    const { time: rulesEngine, same } = await timeOfRules(mix.slice(start, start + perRulesRound));
    if (round >= warmUps) samples.push({ core, withCodec, rulesEngine, same });
  }
  const rate = (of: keyof CoreRates) => median(samples.map((sample) => 1_000_000 / sample[of]));
  const ratio = (of: 'core' | 'withCodec') =>
    median(samples.map((sample) => sample.rulesEngine / sample[of]));
  const rates = { core: rate('core'), withCodec: rate('withCodec'), rulesEngine: rate('rulesEngine') };
  const same = samples.reduce((sum, sample) => sum + sample.same, 0);
  const compared = rounds * perRulesRound;
  return {
    criteria: [
      atLeast('pure core: parse, dedupe, decay, 50 rules', rates.core, 200_000, ' events/s'),
      atLeast('pure core, times json-rules-engine', ratio('core'), 60, 'x'),
      atLeast('with the item codec, times json-rules-engine', ratio('withCodec'), 40, 'x'),
      atLeast('deliveries that match the same rule in both', same, compared),
    ],
    rates,
    sameMatches: { of: compared, same },
  };
};
