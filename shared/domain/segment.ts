import type { Policy, Segment } from '../policy/schema.ts';
import { type Mailbox, mailboxOf } from './mailbox-domain.ts';
import type { Profile } from './profile.ts';

/** The name of a lead's segment, or `unknown`. */
export const segmentOf = (profile: Profile, policy: Policy): string =>
  firstSegment(profile, policy)?.name ?? 'unknown';

/** The first whose conditions all hold. */
export const firstSegment = (profile: Profile, policy: Policy): Segment | undefined =>
  policy.segments.find((segment) => belongs(segment, profile, policy));

/** No condition on a trait holds while that is not known; nobody without an address has a free mailbox. */
const belongs = (
  { employees, industry, country, freeMail }: Segment,
  profile: Profile,
  policy: Policy,
): boolean =>
  (employees === undefined || isWithin(employees, profile.employees?.value)) &&
  (industry === undefined || isAmong(industry, profile.industry?.value.toLowerCase())) &&
  (country === undefined || isAmong(country, profile.country?.value)) &&
  (freeMail === undefined || isFree(mailboxOf(profile, policy)) === freeMail);

/** Anybody gets one, to keep or to throw away. */
const isFree = (mailbox: Mailbox | undefined): boolean => mailbox === 'free' || mailbox === 'disposable';

const isAmong = (names: readonly string[], value: string | undefined): boolean =>
  value !== undefined && names.includes(value);

const isWithin = (
  { min = 0, max = Infinity }: NonNullable<Segment['employees']>,
  count: number | undefined,
) => count !== undefined && count >= min && count <= max;
