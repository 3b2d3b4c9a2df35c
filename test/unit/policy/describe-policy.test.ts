import { describe, expect, it } from 'vitest';
import { describePolicy } from '../../../infra/cli/policy/describe-policy.ts';
import { targetChain } from '../../../infra/cli/policy/target-chain.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

const now = '2026-11-24T12:00:00.000Z';
const policy = defaultPolicy();
const lines = describePolicy(policy, now).flatMap((section) => section.lines.map((line) => line.trim()));

describe('what the shipped policy means', () => {
  it.each([
    'looked at prices: 8 points, once a day',
    'asked for a demo: 40 points, and asks to talk',
    'downloaded content, subscribed to the newsletter and reacted on social media, with an ideal profile: 18 + 40 = 58, an MQL.',
    'nothing but mails opened and clicked, with an ideal profile: 12 + 40 = 52, no MQL: engagement is below 15.',
    'everything there is, with an unknown profile: 60 + 0 = 60, no MQL: fit is below 15.',
    'asked for a demo, whatever the fit: an MQL at once, and hot with fit from 15.',
    'From 20 MQLs by points in an hour on, more than 3 times the usual are held back until baton surge release lets them go on; who asks to talk never is.',
    '1. enterprise: a lead of a company with 1000 employees or more.',
    '2. mid: a lead of a company with 50 to 999 employees.',
    '5. consumer: a lead with a free or disposable mailbox.',
    '6. unknown: everybody else.',
    '6. a lead of the segment enterprise goes to the team enterprise: to whoever there has the least to do.',
    'at 150% of the time (hot only): a colleague gets the lead',
    'Fri 27 Nov 2026, 16:30  breach',
    'Mon 30 Nov 2026, 16:00  breach',
    'Mon 7 Dec 2026, 16:00  pull-back',
    'A manager can give each of its holders more time once, at most 2 business days.',
    'A contact is a call, a mail by the rep or a meeting; what a machine sends stops no clock. A lead has not answered after 6 attempts, the first of them 10 business days ago.',
    'authority is met by the roles of c-level or director',
    'Whoever accepts knows location and has not found location or need not met.',
    'A lead is an SQL as soon as need, authority and location are met, at least 4 of the 5 are met and nobody has found budget or timeline not met; saying so is not enough.',
    'No response: rests for 60 days, then may qualify again; counts against nobody; only from sal or sql; only after enough attempts to reach it.',
    'Wrong person: rests for 90 days, then may qualify again; counts against the criteria.',
    '50 -> 15 -> 3 -> 0.6: MQLs, SALs, SQLs and customers a month, if every goal is reached.',
  ])('%s', (line) => {
    expect(lines).toContain(line);
  });

  it('follows the policy', () => {
    const stricter = { ...policy, mql: { ...policy.mql, threshold: { score: 60, engagement: 15, fit: 15 } } };
    const said = describePolicy(stricter, now).flatMap((section) => section.lines);
    expect(said).toContainEqual(expect.stringMatching(/18 \+ 40 = 58, no MQL: the score is below 60/));
  });

  it('says who belongs to a segment, by size, industry and market', () => {
    const segments = [
      { name: 'key', employees: { max: 99 }, industry: ['software', 'retail'], country: ['DE', 'AT'] },
      { name: 'all' },
    ];
    const said = describePolicy({ ...policy, segments }, now).flatMap((section) => section.lines);
    expect(said).toContain(
      '1. key: a lead of a company with up to 99 employees, of the industry software or retail and in DE or AT.',
    );
    expect(said).toContain('2. all: everybody else.');
    expect(said).not.toContainEqual(expect.stringContaining('unknown: everybody'));
  });

  it('multiplies the goals', () => {
    expect(targetChain(policy.targets)).toEqual([50, 15, 3, 0.6]);
  });
});
