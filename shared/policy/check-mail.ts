import { problemIf, unknownName } from './find-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { PolicyRules } from './schema.ts';

/** Mail to leads may leave at some time, and on a basis that they can give. */
export const checkMail = ({ mail, calendars, campaigns }: PolicyRules): readonly PolicyProblem[] => {
  const { window, zones, consent, cap } = mail;
  const asks = Object.values(campaigns).some(({ start }) => start.on === 'consent-requested');
  const doubleOptIn = Object.entries(consent).find(([, basis]) => basis === 'double-opt-in')?.[0];
  return [
    ...unknownName(
      ['mail', 'window', 'calendar'],
      window.calendar,
      new Set(Object.keys(calendars)),
      'calendar',
    ),
    ...problemIf(
      window.from >= window.to,
      ['mail', 'window', 'to'],
      `is ${window.to}, but must be later than from (${window.from})`,
    ),
    ...problemIf(
      window.days.length === 0,
      ['mail', 'window', 'days'],
      'is empty: no mail would ever leave, so name days',
    ),
    ...problemIf(
      zones.default === undefined,
      ['mail', 'zones'],
      'needs default: unknown never means any hour',
    ),
    ...problemIf(
      consent.default === undefined,
      ['mail', 'consent'],
      'needs default: the basis in all other countries',
    ),
    ...problemIf(
      cap.per24h < 1,
      ['mail', 'cap', 'per24h'],
      `is ${cap.per24h}, but must be at least 1: no mail would ever leave`,
    ),
    ...problemIf(
      cap.per7d < cap.per24h,
      ['mail', 'cap', 'per7d'],
      `is ${cap.per7d}, but must not be below per24h (${cap.per24h})`,
    ),
    ...problemIf(
      doubleOptIn !== undefined && !asks,
      ['mail', 'consent', doubleOptIn ?? ''],
      'is double-opt-in, but no campaign starts on consent-requested: nobody would be asked to confirm',
    ),
  ];
};
