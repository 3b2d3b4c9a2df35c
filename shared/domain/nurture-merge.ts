import type { Fact } from '../events/facts.ts';
import { exit } from './enrolment.ts';
import type { Address, Enrolment, Mailbox } from './nurture.ts';
import type { Instant } from './time.ts';

/** The active enrolments of two leads in one campaign. */
export type Doubled = Readonly<{ staying: Enrolment; moving: Enrolment }>;
export type UnitedEnrolment = Readonly<{ enrolment: Enrolment; facts: readonly Fact[] }>;

/** What was mailed to two leads that are one, and where they are enrolled. Of one campaign the enrolment that goes on counts. */
export const uniteMailboxes = (into: Mailbox, from: Mailbox, goesOn: ReadonlySet<string>): Mailbox => {
  const enrolments = { ...into.enrolments };
  for (const [campaign, entry] of Object.entries(from.enrolments)) {
    const known = enrolments[campaign];
    if (known === undefined || isToReplace(entry, known, goesOn)) enrolments[campaign] = entry;
  }
  return { marketingSends: [...into.marketingSends, ...from.marketingSends].sort(), enrolments };
};

type Entry = Mailbox['enrolments'][string];

const isToReplace = (entry: Entry, known: Entry, goesOn: ReadonlySet<string>): boolean => {
  if (entry.active !== known.active) return entry.active;
  return entry.active ? goesOn.has(entry.id) : entry.at > known.at;
};

/** Of two the one that is further goes on; the other one ends, if a mail is on its way as soon as that is known. */
export const uniteEnrolments = (
  { staying, moving }: Doubled,
  leadId: string,
  now: Instant,
): Readonly<{ goesOn: string; changed: readonly UnitedEnrolment[] }> => {
  const [goesOn, ends] = moving.step > staying.step ? [moving, staying] : [staying, moving];
  const moved = (enrolment: Enrolment): Enrolment => ({ ...enrolment, leadId });
  const ended = exit({ enrolment: moved(ends), mailbox: noMailbox }, 'merged', now);
  return {
    goesOn: goesOn.id,
    changed: [
      ...(goesOn === moving ? [{ enrolment: moved(moving), facts: [] }] : []),
      { enrolment: ended?.enrolment ?? moved(ends), facts: ended?.facts ?? [] },
    ],
  };
};

const noMailbox: Mailbox = { marketingSends: [], enrolments: {} };

/**
 * What may be mailed to the addresses of one person: an opt-out holds for all of them, from now on, and so does what
 * suppresses one. The same objects where nothing changes.
 */
export const strictest = (addresses: readonly Address[], now: Instant): readonly Address[] => {
  const optedOut = addresses.some(({ marketing }) => marketing === 'opted-out');
  const suppressed = addresses.some((address) => address.suppressed === 'complaint')
    ? 'complaint'
    : addresses.find((address) => address.suppressed !== undefined)?.suppressed;
  return addresses.map((address) => {
    const stays = !optedOut || address.marketing === 'opted-out';
    if (stays && address.suppressed === suppressed) return address;
    return {
      ...address,
      ...(stays ? {} : { marketing: 'opted-out' as const, changedAt: now }),
      ...(suppressed === undefined ? {} : { suppressed }),
    };
  });
};
