import type { Handoff, HandoffStates } from '../../shared/domain/handoff.ts';
import { type FactForSales, isAlert, type Notice } from '../../shared/domain/notice.ts';
import type { NoticeStates } from '../../shared/domain/notices.ts';
import { noticesOf } from '../../shared/domain/notices-of-fact.ts';
import type { Roster, RosterStates } from '../../shared/domain/roster.ts';
import type { Aggregates, AlertTopic, Metrics } from '../../shared/ports.ts';
import { makeStaffMailer, type StaffMailerDeps } from './staff-mailer.ts';
import { makeMarkTold } from './told-notices.ts';

export type NotifySalesDeps = StaffMailerDeps &
  Readonly<{
    /** Handoffs and the roster are only read. */
    handoffs: Pick<Aggregates<HandoffStates>, 'load'>;
    roster: Pick<Aggregates<RosterStates>, 'load'>;
    notices: Aggregates<NoticeStates>;
    topic: AlertTopic;
    metrics: Metrics;
  }>;

export type NotifyOutcome = 'told' | 'already-told' | 'outdated' | 'nobody';

/** There is no roster yet, or no such handoff: nobody can be told, and operators must know. */
export class NoticeContextError extends Error {
  override readonly name = 'NoticeContextError';
}

/**
 * Tells people in sales about one fact. Each of its notices is given and then marked as done, so that a fact which comes
 * again repeats none of them, but for the one between whose giving and marking everything stopped: twice rather than
 * never. Only an entry of a digest is exactly once: it is added in the transaction that marks it.
 * @throws AggregateError if any notice could not be given; the others were.
 */
export const makeNotifySales = (deps: NotifySalesDeps) => {
  const give = makeGive(deps);
  return async (fact: FactForSales): Promise<NotifyOutcome> => {
    const handoff = await readHandoff(deps, fact.handoffId);
    const roster = await readRoster(deps);
    const late = handoff && (await deps.notices.load('late-handoff', handoff.id)).state;
    const notices = noticesOf(fact, { handoff, roster, told: late?.told ?? [] });
    if (notices === 'outdated') return 'outdated';
    if (notices.length === 0) return 'nobody';

    const done = (await deps.notices.load('notice', fact.factId)).state?.done ?? [];
    const open = notices.filter(({ key }) => !done.includes(key));
    const failures: unknown[] = [];
    for (const notice of open) {
      try {
        await give(notice, { fact, handoff, roster });
      } catch (error) {
        // The others must not wait for it.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} notices were not given`);
    return open.length === 0 ? 'already-told' : 'told';
  };
};

type Context = Readonly<{ fact: FactForSales; handoff: Handoff | undefined; roster: Roster }>;

const makeGive = (deps: NotifySalesDeps) => {
  const { notices, topic, metrics, policy, clock } = deps;
  const staffMailer = makeStaffMailer(deps);
  const markTold = makeMarkTold(notices);

  const deliver = async (notice: Notice, { fact, handoff, roster }: Context): Promise<void> => {
    switch (notice.type) {
      case 'mail': {
        const { to, text, deadline } = notice;
        const subject = isAlert(text) ? undefined : handoff;
        const about = {
          leadId: fact.leadId,
          handoff: subject,
          ...(deadline === undefined ? {} : { deadline }),
        };
        return staffMailer.one(text, about, { to, roster });
      }
      case 'chat':
        return topic.publish(notice.subject, notice.message);
      case 'metric':
        return metrics.add(notice.name, 1);
      case 'digest':
        // Its delivery is the mark itself.
        return undefined;
    }
  };

  return async (notice: Notice, context: Context): Promise<void> => {
    await deliver(notice, context);
    const { sla } = (await policy.current()).policy;
    await markTold(context.fact, notice, { afterMs: sla.digestAfter, now: clock.now() });
  };
};

const readHandoff = async ({ handoffs }: NotifySalesDeps, id: string | undefined) => {
  if (id === undefined) return undefined;
  const { state } = await handoffs.load('handoff', id);
  if (state === undefined) throw new NoticeContextError('a fact names a handoff that does not exist');
  return state;
};

export const readRoster = async ({ roster }: Pick<NotifySalesDeps, 'roster'>): Promise<Roster> => {
  const { state } = await roster.load('roster', 'current');
  if (state === undefined) throw new NoticeContextError('there is no roster');
  return state;
};
