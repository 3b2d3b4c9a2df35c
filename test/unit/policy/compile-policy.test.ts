import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../../../shared/policy/compile-policy.ts';
import { bundleOf } from '../../../shared/policy/policy-bundle.ts';
import { readPolicy } from '../../../shared/policy/read-policy.ts';

const shipped = readFileSync(new URL('../../../shared/policy/default/policy.yaml', import.meta.url), 'utf8');
const text = { subject: 's', preheader: 'p', html: '<p>h</p>', text: 't' };
const texts = Object.fromEntries(
  [...shipped.matchAll(/send: ([a-z-]+)/g)].map(([, name = '']) => [name, { en: text, de: text }]),
);
const compile = (source = shipped, year = 2026) =>
  compilePolicy({ source: readPolicy(source), texts, freeMailDomains: ['web.de', 'gmx.de', 'web.de'], year });

describe('compilePolicy', () => {
  it.each([
    ['dach', '2026-04-06', true],
    ['dach', '2028-12-26', true],
    ['dach', '2026-12-24', false],
    ['dach', '2026-05-04', false],
    ['uk', '2026-05-04', true],
    ['uk', '2026-05-25', true],
    ['uk', '2029-12-25', false],
  ])('resolves holidays: %s on %s is closed: %s', (calendar, day, closed) => {
    expect(compile().calendars[calendar]?.closed.includes(day)).toBe(closed);
  });

  it('keeps days that people closed themselves', () => {
    const source = shipped.replace('holidays: [DE]', 'holidays: [DE]\n    closed: ["2026-12-24"]');
    expect(compile(source).calendars.dach?.closed).toContain('2026-12-24');
  });

  it.each([
    ['a region that does not exist', shipped.replace('[GB-ENG]', '[GB-XYZ]'), /calendars\.uk\.holidays\[0\]/],
    [
      'a text that does not exist',
      shipped.replace('send: proof', 'send: prove'),
      /mql-nurture\.steps\[1\]\.send/,
    ],
  ])('refuses %s', (_, source, problem) => {
    expect(() => compile(source)).toThrow(problem);
  });
});

describe('bundleOf', () => {
  it('names the same policy the same, whatever the order of its keys', () => {
    const policy = compile();
    const turned = Object.fromEntries(Object.entries(policy).reverse()) as typeof policy;
    expect(bundleOf(turned).hash).toBe(bundleOf(policy).hash);
  });

  it.each([
    ['a rule', shipped.replace('points: 40', 'points: 39')],
    ['a year of holidays', shipped.replace('[GB-ENG]', '[GB-SCT]')],
  ])('names another one differently: %s', (_, source) => {
    expect(bundleOf(compile(source)).hash).not.toBe(bundleOf(compile()).hash);
  });
});
