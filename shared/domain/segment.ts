import type { Policy } from '../policy/schema.ts';
import { type Mailbox, mailboxOf } from './mailbox-domain.ts';
import type { Profile } from './profile.ts';

type Segment = Policy['segments'][number];

/** The first segment whose conditions all hold, or `unknown`. */
export const segmentOf = (profile: Profile, policy: Policy): string =>
  policy.segments.find((segment) => belongs(segment, profile, policy))?.name ?? 'unknown';

const belongs = ({ employees, freeMail }: Segment, profile: Profile, policy: Policy): boolean =>
  (employees === undefined || isWithin(employees, profile.employees?.value)) &&
  (freeMail === undefined || isFree(mailboxOf(profile, policy)) === freeMail);

/** Anybody gets one, to keep or to throw away. */
const isFree = (mailbox: Mailbox | undefined): boolean => mailbox === 'free' || mailbox === 'disposable';

const isWithin = (
  { min = 0, max = Infinity }: NonNullable<Segment['employees']>,
  count: number | undefined,
) => count !== undefined && count >= min && count <= max;
