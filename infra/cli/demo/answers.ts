import type { Handoff } from '../../../shared/domain/handoff.ts';
import { DAY, later } from '../../../shared/domain/time.ts';
import type { Answer } from '../../../shared/events/inbound.ts';
import type { InboundEvent } from '../inbound-event.ts';
import type { LocalEnvironment } from '../local-environment.ts';
import { putEvents } from '../put-events.ts';
import { linkIn } from './mail-links.ts';
import { readHandoffs } from './read-snapshot.ts';
import { submitForm } from './submit-form.ts';

/** Handoffs that somebody holds, by what opened them: ids of leads differ from one environment to the next. */
export const heldHandoffs = async (
  { dynamo, names }: LocalEnvironment,
  status: Handoff['status'],
): Promise<readonly Handoff[]> =>
  (await readHandoffs(dynamo, names.HandoffsTableName))
    .filter((handoff) => handoff.status === status && handoff.holder !== undefined)
    .sort((a, b) => (a.cause.id < b.cause.id ? -1 : 1));

/** As a CRM would: events on the bus, each twice. */
export const answerByBus = async (
  environment: LocalEnvironment,
  handoffs: readonly Handoff[],
  answer: (handoff: Handoff, i: number) => Answer,
): Promise<void> => {
  const events = handoffs.map(
    (handoff, i): InboundEvent => ({
      type: 'HandoffAnswered',
      detail: {
        id: `demo-${answer(handoff, i).type}-${handoff.id}`,
        handoffId: handoff.id,
        by: handoff.holder,
        at: environment.now(),
        answer: answer(handoff, i),
      },
    }),
  );
  await putEvents(environment.events, environment.names.BusName, [...events, ...events]);
  await environment.stack.waitUntilQuiet();
};

/**
 * As reps do: through the links of the first `count` mails to sales, by subject, that offer a lead and whose subject fits.
 * Returns how many were answered.
 */
export const acceptByMail = async (
  { stack }: LocalEnvironment,
  count: number,
  fits: (subject: string) => boolean,
): Promise<number> => {
  let answered = 0;
  const mails = stack.mailFront.mails().toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  for (const mail of mails) {
    if (answered >= count) break;
    const link =
      mail.stream === 'internal' && fits(mail.subject)
        ? linkIn(mail, '/handoffs/answer', 'a=accept')
        : undefined;
    // A deal, or another rep, may have closed what the mail offered.
    if (link !== undefined && (await submitForm(link)) === 'sent') answered += 1;
  }
  await stack.waitUntilQuiet();
  return answered;
};

/** Leads who were asked to confirm that they want mail do so. */
export const confirmOptIn = async (
  { stack }: LocalEnvironment,
  wants: (address: string) => boolean,
): Promise<number> => {
  const mails = stack.mailFront.mails().filter(({ to, stream }) => stream === 'service' && wants(to));
  const links = new Set(mails.flatMap((mail) => linkIn(mail, '/consent/confirm') ?? []));
  for (const link of links) await submitForm(link);
  await stack.waitUntilQuiet();
  return links.size;
};

export const accept = (): Answer => ({
  type: 'accept',
  qualification: { location: 'met', need: 'met' },
});

export const contact = (): Answer => ({ type: 'contact', how: 'call' });

export const qualify = (): Answer => ({
  type: 'qualify',
  qualification: { budget: 'met', authority: 'met', need: 'met', timeline: 'met', location: 'met' },
});

const reasons = ['no-budget', 'low-intent', 'not-icp', 'bad-timing'] as const;

/** One reason after the other; some want to know until when. */
export const reject = ({ openedAt }: Handoff, i: number): Answer => {
  const reason = reasons[i % reasons.length] ?? 'low-intent';
  return reason === 'bad-timing'
    ? { type: 'reject', reason, until: later(openedAt, 60 * DAY) }
    : { type: 'reject', reason };
};
