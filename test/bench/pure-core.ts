import { ruleOf } from '../../shared/domain/fold/rule-of.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { coreOn } from './core.ts';
import { atLeast, type Criterion, median, processorMs } from './criterion.ts';
import { codedStates, plainStates } from './lead-states.ts';
import { bodyOf, type Delivery } from './mix.ts';
import { rulesEngine } from './rules-engine.ts';

const rounds = 5;
/** Of the mix, what each round takes; the events before it are history already. */
const perRound = 2000;
/** Before anything is measured the whole mix is played so often, for an instance works far longer than it warms up. */
const warmUps = 3;

/** Deliveries a second, medians of the rounds. */
export type CoreRates = Readonly<{ core: number; withCodec: number; rulesEngine: number }>;

export type PureCore = Readonly<{
  criteria: readonly Criterion[];
  rates: CoreRates;
  /** Deliveries for which both found the same rule. */
  sameMatches: Readonly<{ of: number; same: number }>;
}>;

/** Parse, dedupe, decay and rules for each delivery, in turns with json-rules-engine, which matches the same rules only. */
export const measureCore = async (mix: readonly Delivery[], policy: PublishedPolicy): Promise<PureCore> => {
  const match = rulesEngine(policy.policy.scoring.rules);
  for (let i = 0; i < warmUps; i++) warmUp(mix, policy);
  const plain = coreOn(plainStates(), policy);
  const coded = coreOn(codedStates(), policy);
  const measured = mix.slice(-(rounds + 1) * perRound);
  for (const delivery of mix.slice(0, -measured.length)) {
    const body = bodyOf(delivery);
    plain(body, delivery.receivedAt);
    coded(body, delivery.receivedAt);
  }

  const samples: { core: number; withCodec: number; rulesEngine: number; same: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const slice = measured.slice(round * perRound, (round + 1) * perRound);
    const bodies = slice.map(bodyOf);
    const timeOf = (run: (body: string, receivedAt: string) => void) => {
      const startedAt = processorMs();
      for (const [i, body] of bodies.entries()) run(body, slice[i]!.receivedAt);
      return processorMs() - startedAt;
    };
    const core = timeOf(plain);
    const withCodec = timeOf(coded);
    const startedAt = processorMs();
    const matches: (number | undefined)[] = [];
    for (const delivery of slice) matches.push(await match(delivery));
    const engine = processorMs() - startedAt;
    const same = slice.filter(({ detail: { kind, properties = {} } }, i) => {
      return ruleOf({ kind, facets: properties }, policy.policy)?.number === matches[i];
    }).length;
    samples.push({ core, withCodec, rulesEngine: engine, same });
  }
  // The first round warmed up.
  const counted = samples.slice(1);
  const rate = (of: keyof CoreRates) => median(counted.map((sample) => (perRound / sample[of]) * 1000));
  const ratio = (of: 'core' | 'withCodec') =>
    median(counted.map((sample) => sample.rulesEngine / sample[of]));
  const rates = { core: rate('core'), withCodec: rate('withCodec'), rulesEngine: rate('rulesEngine') };
  const same = counted.reduce((sum, sample) => sum + sample.same, 0);
  return {
    criteria: [
      atLeast('pure core: parse, dedupe, decay, 50 rules', rates.core, 200_000, ' events/s'),
      atLeast('pure core, times json-rules-engine', ratio('core'), 60, 'x'),
      atLeast('with the item codec, times json-rules-engine', ratio('withCodec'), 40, 'x'),
      atLeast('deliveries that match the same rule in both', same, rounds * perRound),
    ],
    rates,
    sameMatches: { of: rounds * perRound, same },
  };
};

const warmUp = (mix: readonly Delivery[], policy: PublishedPolicy): void => {
  const [plain, coded] = [coreOn(plainStates(), policy), coreOn(codedStates(), policy)];
  for (const delivery of mix) {
    const body = bodyOf(delivery);
    plain(body, delivery.receivedAt);
    coded(body, delivery.receivedAt);
  }
};
