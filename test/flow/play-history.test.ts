import { expect, it } from 'vitest';
import type { InboundEvent } from '../../infra/cli/inbound-event.ts';
import { playHistory } from '../../infra/cli/replay/play-history.ts';
import type { HistoryEvent } from '../../infra/cli/replay/read-history.ts';
import { replayFigures } from '../../infra/cli/replay/replay-figures.ts';
import { replayPolicy, shippedPolicy } from '../../infra/cli/replay/replay-policy.ts';
import { later, MINUTE } from '../../shared/domain/time.ts';
import { aRoster } from '../support/roster.ts';

/** A Monday, 09:00 in London. */
const monday = '2026-11-02T09:00:00.000Z';
const policy = await replayPolicy(shippedPolicy, { firstYear: 2026, lastYear: 2026 });
const rosters = aRoster();

const event = (minutes: number, of: (at: string) => InboundEvent): HistoryEvent => {
  const at = later(monday, minutes * MINUTE);
  return { at, event: of(at) };
};
const lead = { userId: 'u-1', email: 'mary@harbour.example' };
const profile = event(0, (at) => ({
  type: 'ProfileChanged',
  detail: {
    id: 'p-1',
    lead,
    occurredAt: at,
    traits: { employees: 120, industry: 'software', role: 'director', country: 'GB', language: 'en' },
    consent: { basis: 'opt-in', at, proof: 'form' },
  },
}));
const demo = event(1, (at) => ({
  type: 'EngagementRecorded',
  detail: { id: 'e-1', kind: 'demo-requested', occurredAt: at, lead, source: { origin: 'email' } },
}));
const end = event(5 * 24 * 60, (at) => ({
  type: 'EngagementRecorded',
  detail: { id: 'e-2', kind: 'page-viewed', occurredAt: at, lead: { userId: 'u-2' } },
}));

const play = async (events: readonly HistoryEvent[]) => playHistory({ events, policy, roster: rosters });

it('tells what became of a lead whom nobody answered, and of the same one when somebody did', async () => {
  const unanswered = await play([profile, demo, end]);
  expect(replayFigures(unanswered)).toMatchObject({
    funnel: {
      all: { leads: 2, mqls: 1, sals: 0 },
      email: { leads: 1, mqls: 1 },
      '(none)': { leads: 1, mqls: 0 },
    },
    deadlines: { accept: { hot: { kept: 0, missed: 1 } }, firstContact: { hot: { missed: 1 } } },
    mails: { campaigns: [{ campaign: 'answer-request', sent: 1, skipped: {} }] },
  });
  expect(unanswered.leads.map(({ name }) => name)).toEqual(['u-1', 'u-2']);

  const handoffId = unanswered.handoffs[0]!.id;
  const by = unanswered.handoffs[0]!.previousHolders[0] ?? '';
  const answer = (minutes: number, of: Record<string, unknown>) =>
    event(minutes, () => ({
      type: 'HandoffAnswered',
      detail: { id: `a-${minutes}`, handoffId, by, answer: of },
    }));
  const answered = await play([
    profile,
    demo,
    answer(10, { type: 'accept' }),
    answer(20, { type: 'contact', how: 'call' }),
    end,
  ]);
  expect(replayFigures(answered)).toMatchObject({
    funnel: { all: { leads: 2, mqls: 1, sals: 1, sqls: 0 } },
    deadlines: {
      accept: { hot: { kept: 1, missed: 0 } },
      firstContact: { hot: { kept: 1, missed: 0 } },
      qualify: { hot: { running: 1 } },
    },
    escalations: { breached: 0, escalated: 0 },
    handoffs: { opened: 1, accepted: 1 },
    load: [{ rep: by, offered: { total: 1 }, openPeak: 1, openAtEnd: 0 }],
  });
});

it('is the same each time it is played', async () => {
  const events = [profile, demo, end];
  const figures = JSON.stringify(replayFigures(await play(events)));
  expect(JSON.stringify(replayFigures(await play(events)))).toBe(figures);
});

it('closes calendars on holidays of all years that are played', async () => {
  const long = await replayPolicy(shippedPolicy, { firstYear: 2017, lastYear: 2024 });
  for (const year of [2017, 2020, 2024])
    expect(long.policy.calendars.dach?.closed).toContain(`${year}-12-25`);
});
