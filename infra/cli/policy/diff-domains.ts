import { domainsIn } from '../../../shared/domain/domain-list.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { counted, listed } from './words.ts';

/** So many are named; libraries change by hundreds. */
const mostNamed = 5;

/** Which mailboxes are judged in another way than before. */
export const diffDomains = ({ domains: from }: Policy, { domains: to }: Policy): readonly string[] => [
  ...listWords('free mailboxes', from.free, to.free),
  ...listWords('disposable mailboxes', from.disposable, to.disposable),
  ...[...new Set([...Object.keys(from.own), ...Object.keys(to.own)])].flatMap((file) =>
    listWords(file, from.own[file] ?? '', to.own[file] ?? ''),
  ),
];

const listWords = (what: string, from: string, to: string): readonly string[] => {
  const [before, after] = [new Set(domainsIn(from)), new Set(domainsIn(to))];
  const more = [...after].filter((domain) => !before.has(domain));
  const fewer = [...before].filter((domain) => !after.has(domain));
  return [
    ...(more.length === 0 ? [] : [`${what}: ${counted(more.length, 'domain')} more, ${named(more)}`]),
    ...(fewer.length === 0 ? [] : [`${what}: ${counted(fewer.length, 'domain')} fewer, ${named(fewer)}`]),
  ];
};

const named = (domains: readonly string[]): string =>
  domains.length <= mostNamed ? listed(domains) : `${domains.slice(0, mostNamed).join(', ')}, ...`;
