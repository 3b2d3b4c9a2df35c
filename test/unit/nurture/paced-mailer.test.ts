import { describe, expect, it } from 'vitest';
import { pacedMailer } from '../../../shared/adapters/paced-mailer.ts';
import { sesRate } from '../../../shared/adapters/ses-rate.ts';
import type { Mail } from '../../../shared/ports.ts';

const mail: Mail = {
  stream: 'marketing',
  to: 'jo@customer.example',
  subject: '',
  html: '',
  text: '',
  tags: {},
};

/** Sends `count` mails at the same moment; when each left (ms), or that it was put off. */
const leaving = async (perSecond: number, count: number) => {
  const left: (number | string)[] = [];
  const mailer = pacedMailer(
    { send: async () => ({ type: 'sent', messageId: 'm' }) },
    {
      perSecond: async () => perSecond,
      systemMs: () => 1_000_000,
      sleep: async (ms) => void left.push(Math.round(ms)),
    },
  );
  for (let i = 0; i < count; i++) {
    const before = left.length;
    const { type } = await mailer.send(mail);
    if (type === 'throttled') left.push('later');
    else if (left.length === before) left.push(0);
  }
  return left;
};

describe('mails leave', () => {
  it.each([
    [4, [0, 0, 0, 0, 250, 500, 750, 1000]],
    [1, [0, 1000, 2000, 3000]],
    [0.1, [0, 10_000, 'later', 'later']],
    [0.05, [0, 'later', 'later']],
  ])('%d a second', async (perSecond, expected) => {
    expect(await leaving(perSecond, expected.length)).toEqual(expected);
  });
});

const accountOf = (answers: (number | Error)[]) => {
  let asked = 0;
  const send = async () => {
    const answer = answers[asked++];
    if (answer instanceof Error) throw answer;
    return { SendQuota: { MaxSendRate: answer } };
  };
  // A double of the SDK's overloaded method.
  return { client: { send } as never, asked: () => asked };
};

describe('the rate of one function', () => {
  it('is half of its environment’s share of 80 % of what SES allows', async () => {
    expect(await sesRate(accountOf([14]).client, 0.5)()).toBeCloseTo(2.8);
  });

  it('is asked for once, also by mails of the same moment, and again after ten minutes', async () => {
    let now = 0;
    const { client, asked } = accountOf([10, 20]);
    const rate = sesRate(client, 1, () => now);
    expect(await Promise.all([rate(), rate(), rate()])).toEqual([4, 4, 4]);
    now = 10 * 60_000 + 1;
    expect(await rate()).toBe(8);
    expect(asked()).toBe(2);
  });

  it('is the sandbox’s where SES does not say, and the last one known where it no longer says', async () => {
    expect(await sesRate(accountOf([new Error('denied')]).client, 1)()).toBeCloseTo(0.4);
    let now = 0;
    const rate = sesRate(accountOf([10, new Error('slow')]).client, 1, () => now);
    await rate();
    now = 11 * 60_000;
    expect(await rate()).toBe(4);
  });
});
