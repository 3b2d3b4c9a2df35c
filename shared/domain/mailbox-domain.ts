import type { Policy } from '../policy/schema.ts';
import type { Profile } from './profile.ts';

/** The domain of an address, in lower case. */
export const domainOf = (email: string | undefined): string | undefined =>
  email === undefined ? undefined : email.slice(email.lastIndexOf('@') + 1).toLowerCase();

export type Mailbox = 'free' | 'business';

/** Undefined: no address is known. */
export const mailboxOf = ({ email }: Profile, { freeMailDomains }: Policy): Mailbox | undefined => {
  const domain = domainOf(email?.value);
  if (domain === undefined) return undefined;
  return freeMailDomains.includes(domain) ? 'free' : 'business';
};

/** The lead's company, as its address names it; free mailboxes name none. */
export const companyDomainOf = (profile: Profile, policy: Policy): string | undefined =>
  mailboxOf(profile, policy) === 'business' ? domainOf(profile.email?.value) : undefined;
