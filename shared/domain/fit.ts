import type { Policy } from '../policy/schema.ts';
import type { Localised } from './locale.ts';
import { mailboxOf } from './mailbox-domain.ts';
import type { Profile } from './profile.ts';
import { firstSegment } from './segment.ts';
import { hasWords } from './whole-words.ts';

/** A part of fit, in words that a rep reads. */
export type FitPart = Readonly<{ label: Localised; points: number }>;

type Band = Readonly<{ points: number; of: readonly string[] }>;

/** How well the profile matches, part by part, before the cap. Derived anew each time, never added up. */
export const fitParts = (profile: Profile, policy: Policy): readonly FitPart[] => {
  const { segment, industry, role, region, ageBand = {}, mailbox } = policy.scoring.fit;
  const kind = mailboxOf(profile, policy);
  const own = firstSegment(profile, policy);
  const parts: readonly FitPart[] = [
    {
      label: own?.industry === undefined && own?.country === undefined ? labels.size : labels.segment,
      points: segment[own?.name ?? 'unknown'] ?? 0,
    },
    { label: labels.industry, points: bandPoints(industry, profile.industry?.value, equals) },
    { label: labels.role, points: bandPoints(role, profile.role?.value, hasWords) },
    { label: labels.region, points: bandPoints(region, profile.country?.value, equals) },
    { label: labels.ageBand, points: bandPoints(ageBand, profile.ageBand?.value, equals) },
    { label: labels.mailbox, points: kind === undefined ? 0 : (mailbox[kind] ?? mailbox.free) },
  ];
  return parts.filter(({ points }) => points !== 0);
};

export const fitOf = (profile: Profile, policy: Policy): number =>
  Math.min(
    policy.scoring.fit.cap,
    fitParts(profile, policy).reduce((sum, { points }) => sum + points, 0),
  );

/** The first band that the trait falls into. */
const bandPoints = (
  bands: Readonly<Record<string, Band>>,
  trait: string | undefined,
  matches: (trait: string, name: string) => boolean,
): number =>
  trait === undefined
    ? 0
    : (Object.values(bands).find(({ of }) => of.some((name) => matches(trait, name)))?.points ?? 0);

const equals = (trait: string, name: string): boolean => trait.toLowerCase() === name;

const labels = {
  size: { en: 'size of the company', de: 'Größe des Unternehmens' },
  segment: { en: 'segment', de: 'Segment' },
  industry: { en: 'industry', de: 'Branche' },
  role: { en: 'role', de: 'Funktion' },
  region: { en: 'region', de: 'Region' },
  ageBand: { en: 'age band', de: 'Altersgruppe' },
  mailbox: { en: 'kind of mailbox', de: 'Art des Postfachs' },
} satisfies Record<string, Localised>;
