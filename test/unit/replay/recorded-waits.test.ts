import { expect, it } from 'vitest';
import { recordedWaits } from '../../../infra/cli/replay/recorded-waits.ts';
import type { Answer } from '../../../shared/events/inbound.ts';

const at = (hour: number) => `2026-11-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const offer = (engagementId: string, hour: number) => ({ engagementId, at: at(hour) });
const answer = (engagementId: string, hour: number, said: Answer = { type: 'accept' }) => ({
  id: `a-${engagementId}`,
  engagementId,
  at: at(hour),
  answer: said,
});
const hoursOf = ({ waits, answers }: ReturnType<typeof recordedWaits>) => ({
  waits: waits.map(({ engagementId, answeredAt }) => [engagementId, answeredAt]),
  answers: answers.map(({ engagementId, at: said }) => [engagementId, said]),
});

it.each<[string, Parameters<typeof recordedWaits>, ReturnType<typeof hoursOf>]>([
  [
    'the first answer',
    [[offer('a', 9)], [answer('a', 10), answer('a', 12)]],
    { waits: [['a', at(10)]], answers: [['a', at(10)]] },
  ],
  [
    'an answer at the same moment',
    [[offer('a', 9)], [answer('a', 9)]],
    { waits: [['a', at(9)]], answers: [['a', at(9)]] },
  ],
  [
    'none that was given before the offer',
    [[offer('a', 9)], [answer('a', 8), answer('a', 11)]],
    { waits: [['a', at(11)]], answers: [['a', at(11)]] },
  ],
  ['nothing for who was never answered', [[offer('a', 9)], []], { waits: [['a', undefined]], answers: [] }],
  ['no answer to what nobody offered', [[], [answer('a', 9)]], { waits: [], answers: [] }],
  [
    'the earliest of an offer told twice',
    [[offer('a', 9), offer('a', 11)], [answer('a', 10)]],
    { waits: [['a', at(10)]], answers: [['a', at(10)]] },
  ],
  [
    'a contact as an answer to be played, but not as the end of the wait',
    [[offer('a', 9)], [answer('a', 10, { type: 'contact', how: 'call' }), answer('a', 11)]],
    {
      waits: [['a', at(11)]],
      answers: [
        ['a', at(10)],
        ['a', at(11)],
      ],
    },
  ],
  [
    'a rejection',
    [[offer('a', 9)], [answer('a', 10, { type: 'reject', reason: 'no-need' })]],
    { waits: [['a', at(10)]], answers: [['a', at(10)]] },
  ],
])('counts %s', (_, given, expected) => {
  expect(hoursOf(recordedWaits(...given))).toEqual(expected);
});
