import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { coversDomain, domainListOf, domainsIn, hasDomain } from '../../shared/domain/domain-list.ts';

const label = fc.stringMatching(/^[a-z0-9]{1,3}(-[a-z]{1,2})?$/);
const domain = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));

describe('a list of domains', () => {
  test.prop([fc.array(domain), domain])('has what was put in, and nothing else', (domains, other) => {
    const list = domainListOf(domains);
    for (const one of domains) expect(hasDomain(list, one)).toBe(true);
    expect(hasDomain(list, other)).toBe(domains.includes(other));
    expect(domainsIn(list)).toEqual([...new Set(domains)].sort());
  });

  it.each([
    ['example.com', true],
    ['mail.example.com', true],
    ['a.b.example.com', true],
    ['notexample.com', false],
    ['example.com.br', false],
    ['com', false],
    ['', false],
  ])('with example.com covers %s: %s', (asked, covered) => {
    expect(coversDomain('example.com web.de', asked)).toBe(covered);
  });

  it('has nothing if it is empty', () => {
    expect(hasDomain('', 'example.com')).toBe(false);
    expect(hasDomain('', '')).toBe(false);
    expect(domainsIn('')).toEqual([]);
  });
});
