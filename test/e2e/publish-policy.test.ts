import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storyEvents } from '../../infra/cli/demo/story.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../../infra/cli/local-environment.ts';
import { putEvents } from '../../infra/cli/put-events.ts';
import { dynamoLeadStore } from '../../shared/adapters/dynamo-lead-store.ts';
import { dynamoPolicyStore } from '../../shared/adapters/dynamo-policy-store.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import { publishPolicy, rollBackPolicy } from '../../shared/policy/publish-policy.ts';
import type { Policy } from '../../shared/policy/schema.ts';

const minuteMs = 60_000;

let environment: LocalEnvironment;
beforeAll(async () => {
  environment = await startLocalEnvironment({});
});
afterAll(() => environment?.stop());

/** With these points whoever fits is an MQL for looking at prices once; with 8 nobody is. */
const withPricesWorth = (points: number, policy: Policy): Policy => ({
  ...policy,
  scoring: {
    ...policy.scoring,
    rules: policy.scoring.rules.map((rule) =>
      rule.kind.includes('pricing-viewed') ? { ...rule, points } : rule,
    ),
  },
});

let leads = 0;

/** Somebody new who fits and looks at prices, as the functions have left them. */
const someoneNew = async (): Promise<Lead> => {
  const { events, names, stack, tap, dynamo } = environment;
  const email = `pia.${++leads}@werk.example`;
  const { profiles, engagements } = storyEvents(environment.now(), [
    {
      email,
      traits: {
        company: `Werk ${leads}`,
        employees: 320,
        industry: 'manufacturing',
        role: 'head',
        country: 'DE',
      },
      did: [{ kind: 'pricing-viewed', agoMs: 0 }],
    },
  ]);
  await putEvents(events, names.BusName, profiles);
  await stack.waitUntilQuiet();
  await putEvents(events, names.BusName, engagements);
  await stack.waitUntilQuiet();
  await tap.drain();
  const told = tap.facts().findLast(({ type }) => type === 'LeadEngaged');
  const { state } = await dynamoLeadStore(dynamo, names.LeadsTableName).load(told?.leadId ?? '');
  if (state === undefined) throw new Error('nobody was scored');
  return state;
};

/** The first of new leads that is decided with that policy; fails after a minute. */
const firstDecidedWith = async (sequence: number): Promise<Lead> => {
  const until = Date.now() + minuteMs;
  while (Date.now() < until) {
    const lead = await someoneNew();
    if (lead.policy.sequence === sequence) return lead;
    await setTimeout(2000);
  }
  throw new Error(`no lead was decided with policy ${sequence} within a minute`);
};

describe('a policy that is published while the stack runs', () => {
  it('is followed within a minute, and so is its rollback', async () => {
    const store = dynamoPolicyStore(environment.dynamo, environment.names.PolicyTableName);
    expect(await someoneNew()).toMatchObject({ stage: 'inquiry', policy: { sequence: 1 } });
    const { hash, sequence } = await publishPolicy(store, withPricesWorth(20, environment.policy));
    expect(await firstDecidedWith(sequence)).toMatchObject({ stage: 'mql', policy: { hash } });
    const { to } = await rollBackPolicy(store);
    expect(await firstDecidedWith(to.sequence)).toMatchObject({
      stage: 'inquiry',
      policy: { hash: to.hash },
    });
  });
});
