import type { Policy } from '../policy/schema.ts';
import { coversDomain, hasDomain } from './domain-list.ts';
import type { Profile } from './profile.ts';

/** The domain of an address, in lower case. */
export const domainOf = (email: string | undefined): string | undefined =>
  email === undefined ? undefined : email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** `disposable`: of the kind that is thrown away within the hour. */
export type Mailbox = 'business' | 'free' | 'disposable';

/** Undefined: no address is known. */
export const mailboxOf = ({ email }: Profile, { domains }: Policy): Mailbox | undefined => {
  const domain = domainOf(email?.value);
  if (domain === undefined) return undefined;
  let mailboxes = known.get(domains);
  if (mailboxes === undefined) {
    mailboxes = new Map();
    known.set(domains, mailboxes);
  }
  const mailbox = mailboxes.get(domain);
  if (mailbox !== undefined) return mailbox;
  if (mailboxes.size >= mostKnown) mailboxes.clear();
  const found = lookUp(domain, domains);
  mailboxes.set(domain, found);
  return found;
};

/** The lead's company, as its address names it; mailboxes that anybody gets name none. */
export const companyDomainOf = (profile: Profile, policy: Policy): string | undefined =>
  mailboxOf(profile, policy) === 'business' ? domainOf(profile.email?.value) : undefined;

const lookUp = (domain: string, { free, disposable }: Policy['domains']): Mailbox => {
  if (coversDomain(disposable, domain)) return 'disposable';
  return hasDomain(free, domain) ? 'free' : 'business';
};

/** Each decision asks several times, and leads share domains. */
const known = new WeakMap<Policy['domains'], Map<string, Mailbox>>();
const mostKnown = 2000;
