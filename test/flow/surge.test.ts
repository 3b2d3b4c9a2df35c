import { expect, it } from 'vitest';
import { listWaiting } from '../../infra/cli/import/list-waiting.ts';
import { runActivation } from '../../infra/cli/import/run-activation.ts';
import { keptOutside } from '../../infra/cli/in-process/kept-outside.ts';
import { inProcessSystem } from '../../infra/cli/in-process/system.ts';
import type { InboundEvent } from '../../infra/cli/inbound-event.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import { later } from '../../shared/domain/time.ts';
import type { StampedFact } from '../../shared/events/facts.ts';
import { loadPolicy } from '../../shared/policy/load-policy.ts';
import { memoryHeldLeads } from '../../shared/simulation/memory-leads.ts';
import { memoryMqlPace } from '../../shared/simulation/memory-mql-pace.ts';
import { startAt } from '../support/flow-system.ts';
import { aRoster } from '../support/roster.ts';

const who = (name: string): InboundEvent => ({
  type: 'ProfileChanged',
  detail: {
    id: `${name}-profile`,
    lead: { email: `${name}@harbour.example` },
    occurredAt: startAt,
    traits: { company: 'Harbour', employees: 120, industry: 'software', role: 'director', country: 'GB' },
  },
});
const did = (name: string, kind: string): InboundEvent => ({
  type: 'EngagementRecorded',
  detail: {
    id: `${name}-${kind}`,
    kind,
    occurredAt: startAt,
    lead: { email: `${name}@harbour.example` },
    properties: { asset: 'guide' },
  },
});

it('a robot that makes thirty leads MQLs in a minute hands off twenty, and a person lets the rest go on', async () => {
  const facts: StampedFact[] = [];
  const policy = await loadPolicy({ year: 2026 });
  const system = inProcessSystem({
    startAt,
    policy: { hash: 'default', sequence: 1, policy },
    roster: aRoster(),
    outside: keptOutside,
    pace: memoryMqlPace(),
    onFact: (fact) => facts.push(fact),
  });
  const told = (type: StampedFact['type']) => facts.filter((fact) => fact.type === type).length;
  const stages = () =>
    [...system.tables.leads.items.values()]
      .filter(({ kind }) => kind === 'lead')
      .map(({ state }) => (state as Lead).stage);
  for (let i = 0; i < 30; i++) {
    const name = `lead${i}`;
    system.put(who(name));
    for (const kind of ['pricing-viewed', 'content-downloaded', 'webinar-attended']) {
      system.put(did(name, kind));
      system.put(did(name, kind));
    }
  }
  system.put(did('urgent', 'demo-requested'));
  await system.drain();
  expect(stages().filter((stage) => stage === 'inquiry')).toHaveLength(10);
  expect(told('HandoffOpened')).toBe(21);

  // Neither ticks nor reconciliation touch them.
  await system.playUntil(later(startAt, 2 * 3_600_000));
  expect(told('HandoffOpened')).toBe(21);

  const report = await runActivation(
    { rate: 60, by: 'olga', dryRun: false },
    {
      waiting: () =>
        listWaiting({ ...system.ports, waiting: memoryHeldLeads(system.tables.leads) }, system.clock.now()),
      commands: system.queueOf('advance-lead'),
      leads: {
        async load(leadId) {
          await system.drain();
          return system.ports.leads.load(leadId);
        },
      },
      sleep: async () => undefined,
    },
  );
  expect(report).toMatchObject({ released: 10, noLonger: 0, pending: 0 });
  expect(told('HandoffOpened')).toBe(31);
  expect(facts.filter((fact) => fact.type === 'LeadStageChanged' && fact.actor === 'olga')).toHaveLength(10);
  expect(system.deadLetters).toEqual([]);
});
