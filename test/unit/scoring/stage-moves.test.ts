import { describe, expect, it } from 'vitest';
import { stages } from '../../../shared/domain/stage.ts';
import { type Mover, moves, refusalOf, skippedStages } from '../../../shared/domain/stage-moves.ts';
import { aLead } from '../../support/scoring-timelines.ts';
import { day } from '../../support/scoring-world.ts';

const legal: Readonly<Record<Mover, string>> = {
  interest: 'inquiry>mql recycled>mql',
  asked: 'inquiry>mql recycled>mql disqualified>mql lost>mql',
  accepted: 'mql>sal',
  qualified: 'mql>sql sal>sql',
  rejected: 'mql>recycled mql>disqualified sal>recycled sal>disqualified sql>recycled sql>disqualified',
  'pulled-back': 'mql>recycled sal>recycled',
  cold: 'mql>recycled',
  'rest-over': 'recycled>inquiry recycled>mql',
  promoted: 'inquiry>mql recycled>mql disqualified>mql lost>mql',
  demoted: 'mql>recycled sal>recycled sql>recycled',
  won: 'inquiry>customer mql>customer sal>customer sql>customer recycled>customer disqualified>customer lost>customer',
  lost: 'inquiry>lost mql>lost sal>lost sql>lost customer>lost recycled>lost disqualified>lost',
};

describe('moves between stages', () => {
  const movers = Object.keys(moves) as Mover[];
  const all = movers.flatMap((by) => stages.flatMap((from) => stages.map((to) => ({ by, from, to }))));

  it('are legal as listed, and refused with both stages named otherwise', () => {
    for (const { by, from, to } of all) {
      const refusal = refusalOf(aLead({ stage: from }), by, to, day(0));
      if (legal[by].split(' ').includes(`${from}>${to}`)) expect(refusal).toBeUndefined();
      else expect(refusal).toBe(`${by} does not move a lead from ${from} to ${to}`);
    }
  });

  it.each([
    ['interest during a rest', aLead({ stage: 'recycled', restUntil: day(1) }), 'interest', 'mql', true],
    [
      'interest when the rest is over',
      aLead({ stage: 'recycled', restUntil: day(0) }),
      'interest',
      'mql',
      false,
    ],
    ['asking during a rest', aLead({ stage: 'recycled', restUntil: day(1) }), 'asked', 'mql', false],
    [
      'cold with an open handoff',
      aLead({ stage: 'mql', handoff: { id: 'h', open: true } }),
      'cold',
      'recycled',
      true,
    ],
    [
      'cold before its handoff is known',
      aLead({ stage: 'mql', unconfirmed: '{}' }),
      'cold',
      'recycled',
      true,
    ],
    [
      'cold without a handoff',
      aLead({ stage: 'mql', handoff: { id: 'h', open: false } }),
      'cold',
      'recycled',
      false,
    ],
  ] as const)('%s', (_, lead, by, to, refused) => {
    expect(refusalOf(lead, by, to, day(0)) !== undefined).toBe(refused);
  });

  it.each([
    ['inquiry', 'customer', ['mql', 'sal', 'sql']],
    ['mql', 'lost', ['sal', 'sql']],
    ['mql', 'sql', ['sal']],
    ['sql', 'customer', []],
    ['sal', 'recycled', []],
  ] as const)('from %s to %s skips %j', (furthest, to, skipped) => {
    expect(skippedStages(aLead({ furthest }), to)).toEqual(skipped);
  });
});
