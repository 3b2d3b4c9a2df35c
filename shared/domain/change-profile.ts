import type { ProfileChanged } from '../events/inbound.ts';
import type { Profile } from './profile.ts';
import type { Instant } from './time.ts';

/** What was said about a person, and when. */
export type ProfileStatement = Readonly<{
  at: Instant;
  email?: string;
  traits?: ProfileChanged['traits'];
  /** Said by the way: an address that is known already is not dated anew. */
  passing?: boolean;
}>;

/**
 * The profile after a statement; the same object if it says nothing new. Each trait keeps its own time, an older one
 * never replaces a newer; of two of the same time the greater stays, so that the order of arrival does not matter.
 */
export const changeProfile = (
  profile: Profile,
  { at, email, traits = {}, passing = false }: ProfileStatement,
): Profile => {
  const known = profile.email?.value.toLowerCase() === email?.toLowerCase();
  const said = Object.entries({ ...traits, ...(email === undefined || (passing && known) ? {} : { email }) });
  // Traits bear the names that the profile gives them.
  const changed = said.filter(
    ([name, value]) => value !== undefined && isLater({ value, at }, profile[name as keyof Profile]),
  );
  if (changed.length === 0) return profile;
  return { ...profile, ...Object.fromEntries(changed.map(([name, value]) => [name, { value, at }])) };
};

/** Of two profiles of one person the later of each trait; the first one itself, if the other says nothing new. */
export const uniteProfiles = (profile: Profile, other: Profile): Profile => {
  // Their entries are traits, by the names that profiles have.
  const changed = Object.entries(other).filter(
    ([name, said]) => said !== undefined && isLater(said, profile[name as keyof Profile]),
  );
  return changed.length === 0 ? profile : { ...profile, ...Object.fromEntries(changed) };
};

type Trait = Readonly<{ value: string | number; at: Instant }>;

const isLater = (said: Trait, known: Trait | undefined): boolean =>
  known === undefined ||
  said.at > known.at ||
  (said.at === known.at && String(said.value) > String(known.value));
