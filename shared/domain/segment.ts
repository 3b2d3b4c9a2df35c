import type { Policy } from '../policy/schema.ts';
import { mailboxOf } from './mailbox-domain.ts';
import type { Profile } from './profile.ts';

type Segment = Policy['segments'][number];

/** The first segment whose conditions all hold, or `unknown`. */
export const segmentOf = (profile: Profile, policy: Policy): string =>
  policy.segments.find((segment) => belongs(segment, profile, policy))?.name ?? 'unknown';

const belongs = ({ employees, freeMail }: Segment, profile: Profile, policy: Policy): boolean =>
  (employees === undefined || isWithin(employees, profile.employees?.value)) &&
  (freeMail === undefined || (mailboxOf(profile, policy) === 'free') === freeMail);

const isWithin = (
  { min = 0, max = Infinity }: NonNullable<Segment['employees']>,
  count: number | undefined,
) => count !== undefined && count >= min && count <= max;
