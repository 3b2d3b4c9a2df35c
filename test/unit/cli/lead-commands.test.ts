import { describe, expect, it } from 'vitest';
import { judgeEngagement } from '../../../infra/cli/lead/judge-engagement.ts';
import { judgeText, mergeText, moveText } from '../../../infra/cli/lead/lead-text.ts';
import type { LeadWorld } from '../../../infra/cli/lead/lead-world.ts';
import { mergeTwoLeads } from '../../../infra/cli/lead/merge-leads.ts';
import { moveLeadByHand } from '../../../infra/cli/lead/move-lead.ts';
import { personAndReason } from '../../../infra/cli/lead/person-and-reason.ts';
import { UsageError } from '../../../infra/cli/usage-error.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import type { Lead } from '../../../shared/domain/lead.ts';
import { mostVerdicts } from '../../../shared/domain/take-verdicts.ts';
import type { TimelineEntry } from '../../../shared/domain/timeline.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import { emptyLog, nobody } from '../../../shared/leads/log/nobody.ts';
import type { Message } from '../../../shared/ports.ts';
import { aLead, aTimeline } from '../../support/scoring-timelines.ts';
import { day } from '../../support/scoring-world.ts';

const verdict = (overrides: Partial<Verdict> = {}): Verdict => ({
  id: 'v',
  engagementId: engagementRef('e0000'),
  verdict: 'void',
  sequence: 1,
  by: 'bo',
  reason: 'so',
  ...overrides,
});

const [viewed] = aTimeline([0, 'page-viewed']);
/** Its producer calls it e0000. */
const looked = { ...viewed!, id: engagementRef('e0000') };

/** Queues that keep what they are sent; the lead becomes what `then` says when somebody has waited. */
const aWorld = (
  lead: Lead | undefined,
  then: (sent: Message | undefined) => Lead | undefined = () => lead,
  timeline: readonly TimelineEntry[] = [looked],
) => {
  const sent: Message[] = [];
  let waits = 0;
  const queue = { send: async (messages: readonly Message[]) => void sent.push(...messages) };
  const world: LeadWorld = {
    leads: {
      load: async () => {
        const state = waits === 0 ? lead : then(sent[0]);
        return state === undefined ? nobody : { state, version: 1, log: emptyLog };
      },
      timeline: async () => timeline,
    },
    commands: queue,
    newId: () => 'n1',
    now: () => day(1),
    sleep: async () => {
      waits += 1;
    },
  };
  return { world, sent, waits: () => waits };
};
const judged = { leadId: 'l', engagementId: 'e0000', verdict: 'release', by: 'anna', reason: 'so' } as const;
const promoted = { type: 'promote', leadId: 'l', by: 'anna', reason: 'so' } as const;
const known = aLead();
/** As the lead keeps it. */
const saidOf = (message: Message | undefined): Verdict => {
  const said = message?.detail as Verdict;
  return { ...said, engagementId: engagementRef(said.engagementId) };
};

describe('judging from the command line', () => {
  it.each([
    ['the clock', undefined, Date.parse(day(1))],
    ['what was said before, whose clock was ahead', 9e14, 9e14 + 1],
  ])('is numbered by %s', async (_, before, expected) => {
    const lead = before === undefined ? known : { ...known, verdicts: [verdict({ sequence: before })] };
    const { world, sent } = aWorld(lead, (message) => ({ ...known, verdicts: [saidOf(message)] }));
    expect(await judgeEngagement(judged, world)).toMatchObject({
      outcome: 'in-force',
      sequence: expected,
      engagementKnown: true,
    });
    expect(sent).toEqual([
      {
        type: 'EngagementJudged',
        detail: { ...judged, id: 'judge-n1', sequence: expected, at: day(1) },
      },
    ]);
  });

  it('says when somebody else was faster, and when nobody came', async () => {
    const other = aWorld(known, () => ({ ...known, verdicts: [verdict({ sequence: 9e14 })] }));
    const report = await judgeEngagement(judged, other.world);
    expect(report.outcome).toBe('overruled');
    expect(judgeText(report)).toContain('Somebody judged e0000 otherwise');
    const nobody = aWorld(known);
    expect((await judgeEngagement(judged, nobody.world)).outcome).toBe('pending');
    expect(nobody.waits()).toBe(120);
  });

  it('warns of an id that nobody knows yet', async () => {
    const { world } = aWorld(aLead(), (message) => aLead({ verdicts: [saidOf(message)] }), []);
    expect(judgeText(await judgeEngagement(judged, world))).toContain('Is the id right?');
  });

  it('refuses what the lead cannot keep, and a lead that there is not', async () => {
    const many = Array.from({ length: mostVerdicts }, (_, i) => verdict({ engagementId: `x${i}` }));
    const full = aWorld(aLead({ verdicts: many }));
    await expect(judgeEngagement(judged, full.world)).rejects.toThrow(UsageError);
    await expect(judgeEngagement(judged, aWorld(undefined).world)).rejects.toThrow('There is no lead l');
    expect(full.sent).toEqual([]);
  });
});

describe('moving from the command line', () => {
  const made = { id: 'promote-n1', to: 'mql', by: 'anna', reason: 'so', at: day(1) } as const;
  it.each([
    ['moved', [made], 'l went from inquiry to mql.'],
    ['refused', [{ ...made, refused: 'not from inquiry to mql: so' }], 'not from inquiry to mql: so'],
    ['pending', [], 'the command promote-n1 waits'],
  ] as const)('says that it was %s', async (outcome, manualMoves, text) => {
    const { world, sent } = aWorld(aLead(), () => aLead({ manualMoves: [...manualMoves] }));
    const report = await moveLeadByHand(promoted, world);
    expect(report).toMatchObject({ outcome, from: 'inquiry', to: 'mql' });
    expect(moveText(report)).toContain(text);
    expect(sent).toEqual([
      { type: 'PromoteLead', detail: { id: 'promote-n1', leadId: 'l', by: 'anna', reason: 'so' } },
    ]);
  });

  it.each([
    ['a name with spaces', { by: 'Anna B', reason: 'so' }],
    ['no reason', { by: 'anna', reason: '  ' }],
    ['a long reason', { by: 'anna', reason: 'x'.repeat(301) }],
  ])('refuses %s', (_, said) => {
    expect(() => personAndReason(said)).toThrow(UsageError);
    expect(personAndReason({ by: 'anna', reason: ' so ' })).toEqual({ by: 'anna', reason: 'so' });
  });
});

describe('merging from the command line', () => {
  const merged = { into: 'b', id: 'merge-n1', by: 'anna', reason: 'so', at: day(1) };
  /** Two leads, which become what `then` says when somebody has waited. */
  const twoOf = (then: Readonly<Record<string, Lead>>) => {
    const { world, sent } = aWorld(known);
    let waits = 0;
    const leads: LeadWorld['leads'] = {
      ...world.leads,
      load: async (leadId) =>
        leadId === 'x'
          ? nobody
          : { state: (waits === 0 ? undefined : then[leadId]) ?? known, version: 1, log: emptyLog },
    };
    return { world: { ...world, leads, sleep: async () => void waits++ }, sent };
  };
  const merge = (world: LeadWorld, leadIds: readonly [string, string] = ['a', 'b']) =>
    mergeTwoLeads({ leadIds, by: 'anna', reason: 'so' }, world);

  it.each<[string, Readonly<Record<string, Lead>>, object, string]>([
    [
      'the first went',
      { a: aLead({ mergedInto: merged }) },
      { outcome: 'merged', from: 'a', into: 'b' },
      'a is b',
    ],
    [
      'the second went',
      { b: aLead({ mergedInto: { ...merged, into: 'a' } }) },
      { outcome: 'merged', from: 'b', into: 'a' },
      'b is a from now on',
    ],
    [
      'refused',
      { a: aLead({ refusedMerges: [{ id: 'merge-n1', refused: 'both have a handoff' }] }) },
      { outcome: 'refused', why: 'both have a handoff' },
      'both have a handoff',
    ],
    ['pending', {}, { outcome: 'pending' }, 'merge-n1 waits'],
  ])('says that %s', async (_, then, expected, text) => {
    const { world, sent } = twoOf(then);
    const report = await merge(world);
    expect(report).toMatchObject({ id: 'merge-n1', leadIds: ['a', 'b'], ...expected });
    expect(mergeText(report)).toContain(text);
    expect(sent).toEqual([
      { type: 'MergeLeads', detail: { id: 'merge-n1', leadIds: ['a', 'b'], by: 'anna', reason: 'so' } },
    ]);
  });

  it('asks nobody where there is nothing to merge', async () => {
    const { world, sent } = twoOf({});
    await expect(merge(world, ['a', 'a'])).rejects.toThrow(UsageError);
    await expect(merge(world, ['a', 'x'])).rejects.toThrow('There is no lead x');
    expect(sent).toEqual([]);
  });

  it('moves the one that a merged lead is now', async () => {
    const { world, sent } = aWorld(known);
    const leads: LeadWorld['leads'] = {
      ...world.leads,
      load: async (leadId) => ({
        state: leadId === 'l' ? aLead({ mergedInto: merged }) : aLead({ manualMoves: [made] }),
        version: 1,
        log: emptyLog,
      }),
    };
    const made = { id: 'promote-n1', to: 'mql', by: 'anna', reason: 'so', at: day(1) } as const;
    expect(await moveLeadByHand(promoted, { ...world, leads })).toMatchObject({
      leadId: 'b',
      outcome: 'moved',
    });
    expect(sent).toMatchObject([{ detail: { leadId: 'b' } }]);
  });
});
