import { describe, expect, it } from 'vitest';
import type { WaitingLead } from '../../../infra/cli/import/list-waiting.ts';
import { runActivation } from '../../../infra/cli/import/run-activation.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import { emptyLog } from '../../../shared/leads/log/nobody.ts';
import type { Message } from '../../../shared/ports.ts';
import { streamOf } from '../../support/collect.ts';
import { aLead } from '../../support/scoring-timelines.ts';

const waits = (leadId: string, more: Partial<WaitingLead> = {}): WaitingLead => ({
  leadId,
  by: 'interest',
  engagementId: `e-${leadId}`,
  occurredAt: '2026-10-01T00:00:00.000Z',
  origin: 'fair',
  score: 50,
  ...more,
});

/** Commands do what `becomes` says. */
const world = (all: readonly WaitingLead[], becomes: (leadId: string) => Partial<Lead> = () => mql) => {
  const log: (string | number)[] = [];
  const leads = new Map<string, Lead>(
    all.map(({ leadId }) => [leadId, aLead({ wouldBeMql: { by: 'asked', causeId: 'e', since: '' } })]),
  );
  return {
    log,
    waiting: () => streamOf(all),
    commands: {
      async send(messages: readonly Message[]) {
        for (const { type, detail } of messages) {
          const { leadId, by } = detail as { leadId: string; by: string };
          log.push(`${type} ${leadId} ${by}`);
          leads.set(leadId, aLead(becomes(leadId)));
        }
      },
    },
    leads: {
      load: async (leadId: string) => ({
        state: leads.get(leadId)!,
        version: 1,
        log: emptyLog,
      }),
    },
    sleep: async (ms: number) => void log.push(ms),
  };
};
const mql: Partial<Lead> = { stage: 'mql', mqlCause: { type: 'command', id: 'activate-e', at: '' } };
const options = { rate: 10, by: 'anna', dryRun: false };

describe('activating who waits', () => {
  it('lets them go on at the rate, who asked first, then the highest score', async () => {
    const { log, ...rest } = world([
      waits('low'),
      waits('asked', { by: 'asked', score: 1 }),
      waits('high', { score: 90 }),
    ]);
    expect(await runActivation(options, rest)).toMatchObject({ released: 3, noLonger: 0, pending: 0 });
    expect(log).toEqual([
      'ActivateLead asked anna',
      6000,
      'ActivateLead high anna',
      6000,
      'ActivateLead low anna',
    ]);
  });

  it.each([
    [60, 1, 1000],
    [600, 10, 1000],
    [6000, 10, 100],
  ])('at %i a minute sends %i each %i ms', async (rate, perCall, pauseMs) => {
    const { log, ...rest } = world(Array.from({ length: 20 }, (_, i) => waits(`l${i}`)));
    await runActivation({ ...options, rate }, rest);
    expect(log.slice(0, perCall + 1).map((entry) => typeof entry)).toEqual([
      ...Array.from({ length: perCall }, () => 'string'),
      'number',
    ]);
    expect(log[perCall]).toBe(pauseMs);
  });

  it('only lists in a dry run', async () => {
    const { log, ...rest } = world([waits('a')]);
    expect(await runActivation({ ...options, dryRun: true }, rest)).toMatchObject({
      chosen: [{ leadId: 'a' }],
      released: 0,
    });
    expect(log).toEqual([]);
  });

  it('takes only those since a date, and only so many', async () => {
    const { log, ...rest } = world([
      waits('old', { score: 99, occurredAt: '2020-01-01T00:00:00.000Z' }),
      waits('new'),
      waits('newer', { score: 70 }),
    ]);
    await runActivation({ ...options, since: '2026-01-01T00:00:00.000Z', limit: 1 }, rest);
    expect(log).toEqual(['ActivateLead newer anna']);
  });

  it.each([
    ['no longer wait', {}, { released: 0, noLonger: 1, pending: 0 }],
    [
      'have not moved after a minute',
      { wouldBeMql: { by: 'asked', causeId: 'e', since: '' } },
      { released: 0, noLonger: 0, pending: 1 },
    ],
  ] as const)('says who %s', async (_, state, expected) => {
    const { log: __, ...rest } = world([waits('a')], () => state);
    expect(await runActivation(options, rest)).toMatchObject(expected);
  });
});
