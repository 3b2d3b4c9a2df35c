import type { FactOf } from '../events/facts.ts';
import { chatMessage } from './chat-message.ts';
import { answerDueAt, type DeadlineName, type Handoff, type Priority } from './handoff.ts';
import type { FactForSales, MailDeadline, Notice, StaffText } from './notice.ts';
import { isOutdated } from './notice-relevance.ts';
import { type Person, personOf, type Roster } from './roster.ts';
import { managerFor, repOrManager } from './staff.ts';
import type { Stage } from './stage.ts';
import type { Instant } from './time.ts';

type NoticeContext = Readonly<{
  /** What is true now; RepAlerted may have none. */
  handoff: Handoff | undefined;
  roster: Roster;
  /** Who was told that the handoff is late. */
  told: readonly string[];
}>;

type Context<F> = Readonly<{ fact: F; handoff: Handoff; roster: Roster }>;

/**
 * Who is to be told what. `outdated`: it would only confuse, because the handoff has moved on since.
 * @throws NobodyToTellError if the roster knows none of those concerned.
 */
export const noticesOf = (
  fact: FactForSales,
  { handoff, roster, told }: NoticeContext,
): readonly Notice[] | 'outdated' => {
  if (fact.type === 'RepAlerted')
    return [mail(alertText(fact), repOrManager(roster, fact.rep, handoff ?? {}))];
  if (handoff === undefined) throw new TypeError('a fact of a handoff, and no handoff');
  switch (fact.type) {
    case 'HandoffOpened':
      return offer({ fact, handoff, roster });
    case 'HandoffReminded':
      return isOutdated(fact, handoff)
        ? 'outdated'
        : [mail('handoff-reminder', repOrManager(roster, fact.holder, handoff), deadlineOf(fact))];
    case 'HandoffReassigned':
      return reassigned({ fact, handoff, roster });
    case 'HandoffBreached':
      return breached({ fact, handoff, roster });
    case 'HandoffEscalated':
      return [
        mail('handoff-escalated', managerFor(roster, fact.manager, handoff), deadlineOf(fact)),
        { key: 'chat', type: 'chat', ...chatMessage(fact) },
        { key: 'metric', type: 'metric', name: 'HandoffEscalations' },
      ];
    case 'HandoffGivenUntil':
      return isOutdated(fact, handoff)
        ? 'outdated'
        : [
            mail('handoff-reminder', repOrManager(roster, fact.holder, handoff), {
              name: 'accept',
              dueAt: fact.until,
            }),
          ];
    case 'HandoffPulledBack':
      return [mail('handoff-pulled-back', toldOfPullingBack({ fact, handoff, roster }))];
    case 'HandoffAccepted':
    case 'HandoffRejected':
      return closing(told, fact.by, roster);
  }
};

/** Reps of leads that are about to buy, and owners of accounts, see at once that it is no new lead. */
const alertText = ({ owner, reason }: FactOf<'RepAlerted'>): StaffText => {
  if (reason === ('hot' satisfies Priority)) return 'sql-hot';
  if (reason === ('sql' satisfies Stage)) return 'sql-asked';
  return owner === true ? 'owner-alert' : 'lead-asked';
};

const mail = (text: StaffText, to: Person, deadline?: MailDeadline): Notice => ({
  key: text,
  type: 'mail',
  to,
  text,
  ...(deadline === undefined ? {} : { deadline }),
});

const deadlineOf = ({ deadline, dueAt }: Readonly<{ deadline: DeadlineName; dueAt: Instant }>) => ({
  name: deadline,
  dueAt,
});

const offer = ({ fact, handoff, roster }: Context<FactOf<'HandoffOpened'>>) => {
  if (fact.holder === undefined) return [];
  if (isOutdated(fact, handoff)) return 'outdated';
  const dueAt = answerDueAt(handoff);
  return [
    mail(
      'handoff-offered',
      repOrManager(roster, fact.holder, handoff),
      dueAt === undefined ? undefined : { name: 'accept', dueAt },
    ),
  ];
};

/** The former holder is told in any case; unless it has come back. */
const reassigned = ({ fact, handoff, roster }: Context<FactOf<'HandoffReassigned'>>) => {
  const former = fact.from === handoff.holder ? undefined : personOf(roster, fact.from);
  const notices = [
    ...(isOutdated(fact, handoff)
      ? []
      : [mail('handoff-offered', repOrManager(roster, fact.holder, handoff), deadlineOf(fact))]),
    ...(former === undefined ? [] : [mail('handoff-moved', former, deadlineOf(fact))]),
  ];
  return notices.length === 0 ? 'outdated' : notices;
};

/** Who does not know: its holder where the manager did it, else the manager. */
const toldOfPullingBack = ({ fact, handoff, roster }: Context<FactOf<'HandoffPulledBack'>>): Person =>
  fact.reason === 'manager'
    ? repOrManager(roster, fact.holder, handoff)
    : managerFor(roster, handoff.manager, handoff);

/** Never outdated: a breach that was answered meanwhile was a breach. Hot ones wait for no digest. */
const breached = ({ fact, handoff, roster }: Context<FactOf<'HandoffBreached'>>): Notice[] => {
  const manager = managerFor(roster, fact.manager, handoff);
  const { factId, handoffId, leadId, deadline, dueAt } = fact;
  return [
    fact.priority === 'hot'
      ? mail('handoff-breached', manager, deadlineOf(fact))
      : {
          key: 'digest',
          type: 'digest',
          manager: manager.id,
          entry: { factId, handoffId, leadId, deadline, dueAt },
        },
    { key: 'chat', type: 'chat', ...chatMessage(fact) },
    { key: 'metric', type: 'metric', name: 'HandoffBreaches' },
  ];
};

/** Whoever was told that it is late is told that it was answered; not by themselves, though. */
const closing = (told: readonly string[], by: string, roster: Roster): Notice[] =>
  told
    .filter((id) => id !== by)
    .flatMap((id) => personOf(roster, id) ?? [])
    .map((person) => ({ ...mail('handoff-closed', person), key: `handoff-closed:${person.id}` }));
