import { deadlineNames, type Handoff, type PlannedTier } from './handoff.ts';
import { elapsed } from './local-time.ts';
import type { Locale } from './locale.ts';
import type { MailDeadline } from './notice.ts';
import { deadlineWords, nextStepWords } from './staff-words.ts';
import { epochOf, type Instant } from './time.ts';

/** An instant as the reader's clock shows it. */
export type When = (instant: Instant | undefined) => string | null;

/** What a mail says of the deadline that it is about: which, when, and how late or how much time is left. */
export const deadlineVariables = (
  deadline: MailDeadline | undefined,
  now: Instant,
  locale: Locale,
  when: When,
) =>
  deadline === undefined
    ? null
    : {
        name: deadline.name,
        what: deadlineWords[deadline.name][locale],
        at: when(deadline.dueAt),
        late: deadline.dueAt < now ? elapsed(epochOf(now) - epochOf(deadline.dueAt), locale) : null,
        left: deadline.dueAt > now ? elapsed(epochOf(deadline.dueAt) - epochOf(now), locale) : null,
      };

/** What happens next, and when, if nobody acts. */
export const nextVariables = (
  handoff: Handoff | undefined,
  deadline: MailDeadline | undefined,
  now: Instant,
  locale: Locale,
  when: When,
) => {
  const tier = nextTier(handoff, deadline, now);
  return tier === undefined ? null : { what: nextStepWords[tier.do][locale], at: when(tier.at) };
};

/** The next tier of the plan that tells or moves somebody; nothing follows an answer. */
const nextTier = (
  handoff: Handoff | undefined,
  deadline: MailDeadline | undefined,
  now: Instant,
): PlannedTier | undefined => {
  if (handoff === undefined || handoff.status === 'closed') return undefined;
  if (deadline?.name === 'accept' && handoff.status !== 'open') return undefined;
  const plans = deadline === undefined ? deadlineNames : [deadline.name];
  return plans
    .flatMap((name) => handoff.plan[name]?.tiers ?? [])
    .filter((tier) => tier.at > now)
    .sort((a, b) => (a.at < b.at ? -1 : 1))[0];
};
