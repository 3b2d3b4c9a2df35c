import { describe, expect, it } from 'vitest';
import { decidedTiers, mustBeBreached } from '../../../infra/cli/demo/accept-deadline.ts';
import type { Handoff } from '../../../shared/domain/handoff.ts';

const at = (hour: number) => `2026-11-30T${String(hour).padStart(2, '0')}:00:00.000Z`;

const aHandoff = (overrides: Partial<Handoff> = {}): Handoff => ({
  id: 'h1',
  leadId: 'l1',
  cause: { type: 'engagement', id: 'e1' },
  status: 'open',
  priority: 'normal',
  mqlAt: at(8),
  openedAt: at(8),
  route: 'dach',
  holder: 'clara',
  assignment: 1,
  assignedAt: at(8),
  previousHolders: [],
  flagged: false,
  plan: { accept: { dueAt: at(12), tiers: [] } },
  decided: [],
  breachedAt: {},
  evidence: { score: 50, engagement: 20, fit: 30, reasons: [], activities: [], answers: {} },
  ...overrides,
});

describe('mustBeBreached', () => {
  it.each<[string, Partial<Handoff>, string, boolean]>([
    ['nobody answered', {}, at(13), true],
    ['the deadline is still to come', {}, at(11), false],
    ['the deadline is now', {}, at(12), true],
    ['it was accepted in time', { acceptedAt: at(11) }, at(13), false],
    ['it was accepted late', { acceptedAt: at(14) }, at(15), true],
    [
      'it was rejected in time',
      { outcome: { type: 'rejected', reason: 'no-need', at: at(9) } },
      at(13),
      false,
    ],
    [
      'it was withdrawn in time',
      { outcome: { type: 'withdrawn', reason: 'deal', at: at(9) } },
      at(13),
      false,
    ],
    ['it was withdrawn late', { outcome: { type: 'withdrawn', reason: 'deal', at: at(14) } }, at(15), true],
    [
      'it was accepted in time and closed much later',
      { acceptedAt: at(10), outcome: { type: 'qualified', reason: 'qualified', at: at(20) } },
      at(21),
      false,
    ],
    ['nobody holds it', { holder: undefined }, at(13), false],
    ['it has no deadline', { plan: {} }, at(13), false],
  ])('where %s', (_, overrides, now, expected) => {
    expect(mustBeBreached(aHandoff(overrides), now)).toBe(expected);
  });
});

describe('decidedTiers', () => {
  it('names those of the accept deadline, each time that it was decided', () => {
    const decided = ['accept:remind-50:1', 'accept:breach', 'firstContact:breach', 'accept:remind-50:2'];
    expect(decidedTiers(aHandoff({ decided }))).toEqual(['remind-50', 'breach', 'remind-50']);
  });
});
