import type { Handoff } from './handoff.ts';
import type { LeadOutline } from './lead-view.ts';
import type { Enrolment } from './nurture.ts';
import { type Instant, later, MINUTE } from './time.ts';

/** Whom the answer to a request may name, or when to look again. */
export type Answerer = Readonly<
  | { type: 'ready'; rep?: string; promise?: Readonly<{ at: Instant; toTheMinute: boolean }> }
  | { type: 'wait'; until: Instant }
>;

/** A request is answered at once, but its handoff opens at the same time: it is given a little time to be there. */
const patienceMs = 15 * MINUTE;
/** How long an open handoff may take to be planned anew for the request. */
const replanMs = 2 * MINUTE;

/**
 * @param own the handoff that the request opened, if it did.
 * @param current the one the lead has now: an earlier one goes on when its lead asks.
 * @param heard sales has dealt with the request: no other handoff comes of it.
 */
export const answererOf = (
  { about, enrolledAt }: Pick<Enrolment, 'about' | 'enrolledAt'>,
  {
    own,
    current,
    heard,
  }: Readonly<{ own: Handoff | undefined; current: Handoff | undefined; heard: boolean }>,
  lead: LeadOutline | undefined,
  now: Instant,
): Answerer => {
  const held = [own, current].find((handoff) => handoff !== undefined && isHeld(handoff));
  if (held !== undefined)
    return heard || isPlannedFor(held, about) || now >= later(enrolledAt, replanMs)
      ? namedBy(held, now)
      : { type: 'wait', until: later(now, MINUTE) };
  const nobodyComes =
    heard ||
    own !== undefined ||
    lead === undefined ||
    lead.stage === 'customer' ||
    lead.excluded !== undefined ||
    lead.unserved;
  if (nobodyComes || now >= later(enrolledAt, patienceMs)) return { type: 'ready' };
  return { type: 'wait', until: later(now, MINUTE) };
};

const isHeld = ({ status, holder }: Handoff): boolean => status !== 'closed' && holder !== undefined;

/** An accepted handoff is not planned anew: its rep is told. */
const isPlannedFor = ({ id, status, asked }: Handoff, about: Enrolment['about']): boolean =>
  id === about.handoffId || status === 'accepted' || asked?.engagementId === about.engagementId;

/** The promise is the first contact; one that has passed, or was kept, is not made again. */
const namedBy = ({ holder, priority, plan, contactedAt }: Handoff, now: Instant): Answerer => {
  const at = plan.firstContact?.dueAt;
  return {
    type: 'ready',
    ...(holder === undefined ? {} : { rep: holder }),
    ...(at === undefined || at <= now || contactedAt !== undefined
      ? {}
      : { promise: { at, toTheMinute: priority === 'hot' } }),
  };
};
