import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { diffPolicies } from '../../../infra/cli/policy/diff-policies.ts';
import type { Policy, PolicySourceText } from '../../../shared/policy/schema.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

const shipped = readFileSync(new URL('../../../shared/policy/default/policy.yaml', import.meta.url), 'utf8');
const text = { subject: 's', preheader: 'p', html: 'h', text: 't' };
const texts = { guide: { en: text, de: text } };
const before: Policy = { ...defaultPolicy(), texts };

/** The shipped policy with one text of it changed. */
const changed = (from: string, to: string): Policy => {
  const source = shipped.replace(from, to);
  if (source === shipped) throw new Error(`the shipped policy has no ${from}`);
  const overrides: PolicySourceText = parse(source);
  return { ...defaultPolicy(overrides), texts };
};
const linesOf = (to: Policy, from = before) => diffPolicies(from, to).flatMap(({ lines }) => lines);

describe('what a change does, in words', () => {
  it('is nothing where nothing is different', () => {
    expect(diffPolicies(before, before)).toEqual([]);
  });

  it.each([
    [
      'points: 8,\n        oncePer: day',
      'points: 12,\n        oncePer: day',
      'pricing-viewed earns 12 points instead of 8; leads scored by it move at their next event',
    ],
    ['oncePer: week', 'oncePer: month', /^roi-calculated \(rule 6\): oncePer is month instead of week/],
    [
      'kind: qr-scanned',
      'kind: [qr-scanned, booth-visited]',
      'qr-scanned or booth-visited (rule 13): kind has booth-visited too',
    ],
    ['number: 23,', 'number: 24,', 'unsubscribed earns -15 points (new rule 24)'],
    ['halfLife: 45d', 'halfLife: 60d', 'scoring.categories.event.halfLife is 60 days instead of 45 days'],
    [
      'small, employees: { min: 10, max: 49 }',
      'small, employees: { min: 10, max: 49 }, country: [DE]',
      'the segment small now says: a lead of a company with 10 to 49 employees and in DE; before: a lead of a company with 10 to 49 employees; leads are sorted by it from their next event on',
    ],
    [
      '{ name: consumer, freeMail: true }',
      '{ name: shop, industry: [retail] }',
      'the segment shop is new: a lead of the industry retail',
    ],
    ['micro: -10', 'micro: -5', 'scoring.fit.segment.micro is -5 instead of -10'],
    [
      'atLeast: 3,\n        within: 14d',
      'atLeast: 4,\n        within: 14d',
      'the pattern comes-back: atLeast is 4',
    ],
    [
      'score: 50',
      'score: 60',
      'an MQL needs 60 points of score instead of 50; publishing itself moves nobody',
    ],
    ['cold: { engagement: 8', 'cold: { engagement: 5', 'mql.cold.engagement is 5 instead of 8'],
    ['- { score: 80 }', '- { score: 90 }', 'mql.hot'],
    ['surge: { over: 3', 'surge: { over: 5', 'surge.over is 5 instead of 3'],
    [
      'accept: { within: 1bd',
      'accept: { within: 2bd',
      'a normal lead has 2 business days from becoming an MQL to be accepted or rejected; before it was 1 business day',
    ],
    ['percent: 200', 'percent: 250', 'the tier escalate now says: at 250% of the time'],
    ['maxReassignments: 2', 'maxReassignments: 3', 'sla.maxReassignments is 3 instead of 2'],
    [
      'giveUntil: { atMost: 2bd',
      'giveUntil: { atMost: 1bd',
      'sla.giveUntil.atMost is 1 business day instead of 2',
    ],
    [
      'when: { customer: true }, to: { type: owner }',
      'when: { customer: true }, to: { type: owner, handoff: false }',
      'the route customer now says: a lead of a customer goes to no rep, and the owner of the account is told',
    ],
    ['attempts: 6', 'attempts: 4', 'sla.contact.attempts is 4 instead of 6'],
    [
      'sql: { met: [need, authority,',
      'sql: { met: [need, budget,',
      'qualification.sql.met has budget too and has authority no longer; counts from the next time',
    ],
    [
      'from: [sal, sql]',
      'from: [sql]',
      /^the reason no-response now says: .*only from sql; only after enough/,
    ],
    ['rest: 180d', 'rest: 90d', 'the reason no-need now says: rests for 90 days'],
    [
      'team: international',
      'team: world',
      'the route international now says: everybody else goes to the team world',
    ],
    ['after: 9d', 'after: 12d', 'the campaign mql-nurture now says'],
    ['per7d: 2', 'per7d: 3', 'mail.cap.per7d is 3 instead of 2'],
    [
      '[ours.example,',
      '[theirs.example,',
      'exclude.domains has theirs.example too and has ours.example no longer',
    ],
    ['goal: 30%', 'goal: 40%', 'targets.mqlToSal.goal is 40% instead of 30%'],
    ['holidays: [DE]', 'holidays: [DE, AT]', 'calendars.dach.holidays has AT too'],
  ])('%s -> %s', (from, to, words) => {
    expect(linesOf(changed(from, to))).toContainEqual(
      typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
    );
  });

  it('says what is new and what is gone', () => {
    const { 'self-serve': _, ...campaigns } = before.campaigns;
    const smaller = { ...before, campaigns, routing: before.routing.filter(({ name }) => name !== 'dach') };
    expect(linesOf(smaller)).toEqual([
      expect.stringContaining('the route dach is gone'),
      expect.stringContaining('the campaign self-serve is gone: leads in it get no more of its mails'),
    ]);
    expect(linesOf(before, smaller)).toEqual([
      expect.stringContaining('the route dach is new'),
      expect.stringContaining('the campaign self-serve is new'),
    ]);
  });

  it('says that an order is another', () => {
    expect(linesOf({ ...before, routing: before.routing.toReversed() })).toEqual([
      expect.stringContaining('the routes have another order: international, dach'),
    ]);
  });

  it('names the texts that read differently, and in which language', () => {
    const to = { ...before, texts: { guide: { en: text, de: { ...text, subject: 'neu' } } } };
    expect(linesOf(to)).toEqual(['the text guide reads differently in German']);
  });

  it('leaves no difference out', () => {
    const silent = leavesOf(before).filter(
      (path) => diffPolicies(before, withChanged(before, path)).length === 0,
    );
    expect(silent.map((path) => path.join('.'))).toEqual([]);
  });
});

type Path = readonly string[];
type Branch = Record<string, unknown>;
const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null;

const leavesOf = (value: unknown, path: Path = []): readonly Path[] =>
  isBranch(value) ? Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...path, key])) : [path];

/** The same policy with one leaf of another value. */
const withChanged = (policy: Policy, path: Path): Policy => {
  const copy = structuredClone(policy);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((part, key) => (isBranch(part) ? part[key] : undefined), copy);
  const last = path.at(-1) ?? '';
  if (isBranch(parent))
    parent[last] = typeof parent[last] === 'number' ? Number(parent[last]) + 7 : '__other__';
  return copy;
};
