import type { Policy } from '../policy/schema.ts';
import { domainOf } from './mailbox-domain.ts';
import type { Profile } from './profile.ts';
import { hasWords } from './whole-words.ts';

/** The entry of the policy that keeps somebody from ever becoming an MQL; undefined: nothing does. */
export const exclusionOf = (profile: Profile, { exclude }: Policy): string | undefined => {
  const domain = domainOf(profile.email?.value);
  const industry = profile.industry?.value.toLowerCase();
  return (
    exclude.domains.find((other) => domain === other || domain?.endsWith(`.${other}`)) ??
    exclude.roles.find((role) => hasWords(profile.role?.value, role)) ??
    exclude.industries.find((other) => industry === other.toLowerCase())
  );
};

/** Lives where nobody is served. */
export const isUnserved = ({ country }: Profile, { exclude }: Policy): boolean =>
  country !== undefined && exclude.unservedCountries.includes(country.value);
