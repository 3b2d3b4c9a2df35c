import type { Policy } from '../policy/schema.ts';
import { coversDomain } from './domain-list.ts';
import { domainOf, mailboxOf } from './mailbox-domain.ts';
import type { Profile } from './profile.ts';
import { hasWords } from './whole-words.ts';

/** What keeps somebody from ever becoming an MQL, in words: the policy's entry; undefined: nothing does. */
export const exclusionOf = (profile: Profile, policy: Policy): string | undefined => {
  const { exclude } = policy;
  const role = profile.role?.value;
  const industry = profile.industry?.value.toLowerCase();
  return (
    exclusionByDomain(profile, policy) ??
    (role === undefined ? undefined : exclude.roles.find((words) => hasWords(role, words))) ??
    (industry === undefined
      ? undefined
      : exclude.industries.find((other) => industry === other.toLowerCase()))
  );
};

/** Lives where nobody is served. */
export const isUnserved = ({ country }: Profile, { exclude }: Policy): boolean =>
  country !== undefined && exclude.unservedCountries.includes(country.value);

const exclusionByDomain = (profile: Profile, policy: Policy): string | undefined => {
  const domain = domainOf(profile.email?.value);
  if (domain === undefined) return undefined;
  const entry = policy.exclude.domains.find((excluded) => {
    if (excluded === 'disposable') return mailboxOf(profile, policy) === 'disposable';
    return coversDomain(policy.domains.own[excluded] ?? excluded, domain);
  });
  return entry === 'disposable' ? 'disposable mailbox' : entry?.replace(/\.txt$/, '');
};
