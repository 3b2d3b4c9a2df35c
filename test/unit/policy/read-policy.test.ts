import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidPolicyError, problemText } from '../../../shared/policy/policy-problem.ts';
import { readPolicy } from '../../../shared/policy/read-policy.ts';

const shipped = readFileSync(new URL('../../../shared/policy/default/policy.yaml', import.meta.url), 'utf8');

const problemsOf = (source: string): readonly string[] => {
  try {
    readPolicy(source);
  } catch (error) {
    if (error instanceof InvalidPolicyError) return error.problems.map(problemText);
    throw error;
  }
  return [];
};

/** The shipped policy with one thing changed; fails if that is not to be found. */
const changed = (from: string | RegExp, to: string): string => {
  const source = shipped.replace(from, to);
  if (source === shipped) throw new Error(`the shipped policy has no ${from}`);
  return source;
};

describe('readPolicy', () => {
  it('takes the shipped policy', () => {
    const { rules } = readPolicy(shipped);
    expect(rules.mql.threshold).toEqual({ score: 50, engagement: 15, fit: 15 });
    expect(rules.sla.hot.accept.within).toEqual({ type: 'business', ms: 30 * 60_000 });
  });

  it.each<[string, string, RegExp]>([
    [
      'a duration that is none',
      changed('within: 1bd, from: mql', 'within: 1x, from: mql'),
      /sla\.normal\.accept\.within is not a duration/,
    ],
    [
      'a field that is unknown',
      changed('version:', 'verison: "1"\nversion:'),
      /^policy\.yaml:\d+:\d+ verison is not known here/,
    ],
    ['a field that is missing', changed(/^zone: .*$/m, ''), /zone is missing/],
    ['broken YAML', `${shipped}\nroles: [`, /^policy\.yaml:\d+:\d+ roles is not YAML: /],
    [
      'a key given twice',
      `${shipped}\nzone: Europe/Berlin`,
      / zone is given twice: it stands in line \d+ already/,
    ],
    [
      'an unknown category',
      changed(/category: email/, 'category: mails'),
      /rules\[0\]\.category is \w+, which names no category/,
    ],
    [
      'a rule number given twice',
      changed('number: 2,', 'number: 1,'),
      /rules\[1\]\.number is given twice: entry 1/,
    ],
    [
      'a rule that is never reached',
      changed('kind: email-clicked', 'kind: email-opened'),
      /rules\[1\]\.kind never scores email-opened/,
    ],
    [
      'a threshold out of reach',
      changed('score: 50', 'score: 101'),
      /mql\.threshold\.score is 101, above what can be reached \(100\)/,
    ],
    [
      'mail that alone makes an MQL',
      changed('email: { cap: 12', 'email: { cap: 15'),
      /categories\.email\.cap must be below/,
    ],
    [
      'an unknown segment in fit',
      changed('segment: { mid: 12', 'segment: { middle: 12'),
      /fit\.segment\.middle is \w+, which names no segment/,
    ],
    [
      'an unknown segment in a route',
      changed('segment: [micro, consumer]', 'segment: [micro, tiny]'),
      /routing\[4\]\.when\.segment\[1\] is \w+, which names no segment/,
    ],
    [
      'leads that nobody takes',
      changed(/ {2}- \{ name: international.*\n/, ''),
      /routing\[\d\] must be for everybody/,
    ],
    [
      'no breach',
      changed('percent: 100, do: breach', 'percent: 90, do: remind'),
      /sla\.tiers must have exactly one tier that does breach/,
    ],
    [
      'a promise that waits for its answer',
      changed('from: inquiry', 'from: accepted'),
      /firstContact\.from must not wait for the answer/,
    ],
    [
      'a calendar nobody has',
      changed('calendar: dach, days', 'calendar: mars, days'),
      /mail\.window\.calendar is \w+, which names no calendar/,
    ],
    [
      'marketing to buyers',
      changed('exitAt: [sal, sql,', 'exitAt: [sal,'),
      /campaigns\.mql-nurture\.exitAt must hold sql/,
    ],
    [
      'steps in the wrong order',
      changed('after: 4d', 'after: 10d'),
      /steps\[2\]\.after is earlier than the step before/,
    ],
    [
      'a rest of unknown length',
      changed('rest: 180d, ', ''),
      /reject\[2\] recycles: it needs either rest or askUntil/,
    ],
  ])('refuses %s', (_, source, problem) => {
    expect(problemsOf(source)).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
  });

  it('says where', () => {
    const source = changed('category: email,\n        points: 3', 'category: mails,\n        points: 3');
    const line = source.split('\n').findIndex((text) => text.includes('category: mails')) + 1;
    expect(problemsOf(source)[0]).toMatch(new RegExp(`^policy\\.yaml:${line}:19 `));
  });

  it('reports all problems of one kind at once', () => {
    expect(problemsOf(changed(/after: (4d|9d)/g, 'after: soon'))).toHaveLength(2);
  });
});
