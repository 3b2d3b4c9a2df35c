import { decideArrivals } from '../../shared/domain/decide-arrivals.ts';
import { facetsOf } from '../../shared/domain/facets.ts';
import { ruleOf } from '../../shared/domain/fold/rule-of.ts';
import type { TimelineEntry } from '../../shared/domain/lead.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { engagementRecorded } from '../../shared/events/inbound.ts';
import type { PublishedPolicy } from '../../shared/ports.ts';
import { readMessage } from '../../shared/read-message.ts';
import { atLeast, type Criterion, median, processorMs } from './criterion.ts';
import { codedStates, type LeadStates, plainStates } from './lead-states.ts';
import { bodyOf, type Delivery } from './mix.ts';
import { rulesEngine } from './rules-engine.ts';

const rounds = 5;
/** Of the mix, what each round takes; the events before it are history already. */
const perRound = 600;

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
  const { rules } = policy.policy.scoring;
  const match = rulesEngine(rules);
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
      return ruleOf({ kind, facets: properties }, rules)?.number === matches[i];
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

const profile: Profile = {
  email: { value: 'jo@acme.example', at: '2026-11-02T00:00:00.000Z' },
  country: { value: 'DE', at: '2026-11-02T00:00:00.000Z' },
};

/** One delivery, from its text to the lead that it makes. */
const coreOn =
  (states: LeadStates, policy: PublishedPolicy) =>
  (body: string, receivedAt: string): void => {
    const read = readMessage(body, [engagementRecorded], receivedAt);
    if (!('message' in read)) throw new TypeError(read.code);
    const { detail } = read.message;
    const entry: TimelineEntry = {
      id: detail.id,
      kind: detail.kind,
      occurredAt: detail.occurredAt ?? receivedAt,
      receivedAt,
      facets: facetsOf(detail, policy.policy),
    };
    const leadId = detail.lead.email ?? '';
    const context = { leadId, profile, policy, now: receivedAt };
    states.change(
      leadId,
      (lead) => decideArrivals(lead, { engagements: [entry], profileChanges: [] }, context).state,
    );
  };
