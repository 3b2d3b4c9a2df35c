/**
 * Thousands of domains as one text, in order, a space between any two. A policy is loaded by every function that starts:
 * a text is not taken apart before it is asked, and then only where it is looked into.
 */
export type DomainList = string;

export const domainListOf = (domains: Iterable<string>): DomainList => [...new Set(domains)].sort().join(' ');

export const domainsIn = (list: DomainList): readonly string[] => (list === '' ? [] : list.split(' '));

/** Whether it holds this very domain. */
export const hasDomain = (list: DomainList, domain: string): boolean => {
  let [from, until] = [0, list.length];
  while (from < until) {
    const middle = (from + until) >>> 1;
    const start = middle === 0 ? 0 : list.lastIndexOf(' ', middle - 1) + 1;
    const space = list.indexOf(' ', middle);
    const end = space < 0 ? list.length : space;
    const found = list.slice(start, end);
    if (found === domain) return true;
    if (found < domain) from = end + 1;
    else until = start;
  }
  return false;
};

/** Whether it holds this domain or one above it: what holds `example.com` covers `mail.example.com`. */
export const coversDomain = (list: DomainList, domain: string): boolean => {
  for (let rest = domain; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1))
    if (hasDomain(list, rest)) return true;
  return false;
};
