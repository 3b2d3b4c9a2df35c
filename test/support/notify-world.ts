import { makeNotifySales, type NotifySalesDeps } from '../../functions/notify-sales/notify-sales.ts';
import { makeTellDigest } from '../../functions/notify-sales/tell-digest.ts';
import type { Handoff, HandoffStates } from '../../shared/domain/handoff.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import { staffTexts } from '../../shared/domain/notice.ts';
import type { NoticeStates } from '../../shared/domain/notices.ts';
import type { Roster, RosterStates } from '../../shared/domain/roster.ts';
import type { MailText } from '../../shared/policy/schema.ts';
import type { Mail, SendOutcome } from '../../shared/ports.ts';
import { memoryAggregates, memoryTable } from '../../shared/simulation/memory-aggregates.ts';
import { memoryAlertTopic } from '../../shared/simulation/memory-alert-topic.ts';
import { memoryMetrics } from '../../shared/simulation/memory-metrics.ts';
import { onePolicy } from '../../shared/simulation/one-policy.ts';
import { type CrashPoint, crashing } from './crashes.ts';
import { publishedDefaultPolicy } from './default-policy.ts';
import { aHandoff, aLeadView, aRoster, monday } from './sales.ts';

/** Says who reads which text, and of which leads it speaks. */
const plainText = (name: string): MailText => ({
  subject: `${name}`,
  preheader: '-',
  html: '-',
  text:
    name === 'handoff-digest'
      ? '{% for entry in entries %}{{ entry.lead.id }} {% endfor %}'
      : '{{ lead.id }} {{ acceptUrl }}',
});

type World = Readonly<{
  handoffs?: readonly Handoff[];
  roster?: Roster;
  /** null: the lead was erased. */
  view?: LeadView | null;
  texts?: Readonly<Record<string, Readonly<{ en: MailText; de: MailText }>>>;
  outcomeOf?: (mail: Mail) => SendOutcome;
}>;

/** notify-sales on memory adapters. `crashAt` makes the use cases of one process, which stops there. */
export const notifyWorld = (world: World = {}) => {
  const clock = { at: monday, now: () => clock.at };
  const handoffTable = memoryTable();
  const handoffs = memoryAggregates<HandoffStates>(handoffTable);
  const roster = memoryAggregates<RosterStates>(handoffTable);
  const noticeTable = memoryTable();
  const notices = memoryAggregates<NoticeStates>(noticeTable);
  const topic = memoryAlertTopic();
  const metrics = memoryMetrics();
  const mails: Mail[] = [];
  const plain = Object.fromEntries(
    staffTexts.map((name) => [name, { en: plainText(name), de: plainText(name) }]),
  );
  const base = publishedDefaultPolicy();
  const published = { ...base, policy: { ...base.policy, texts: world.texts ?? plain } };

  const deps: NotifySalesDeps = {
    handoffs,
    roster,
    notices,
    topic,
    metrics,
    leads: {
      view: async (leadId) => (world.view === null ? undefined : (world.view ?? aLeadView({ leadId }))),
    },
    policy: onePolicy(published),
    mailer: {
      send: async (mail) => {
        const outcome = world.outcomeOf?.(mail) ?? { type: 'sent', messageId: `m-${mails.length}` };
        if (outcome.type === 'sent') mails.push(mail);
        return outcome;
      },
    },
    tokens: {
      seal: async (purpose, claims, expiresAt) => `${purpose}.${JSON.stringify(claims)}.${expiresAt}`,
      open: async () => ({ type: 'invalid' }),
    },
    publicBaseUrl: 'https://baton.example',
    clock,
  };

  const put = async (handoff: Handoff) => {
    const { version } = await handoffs.load('handoff', handoff.id);
    await handoffs.commit([{ kind: 'handoff', id: handoff.id, version, state: handoff, facts: [] }]);
  };
  const setUp = async () => {
    for (const handoff of world.handoffs ?? [aHandoff()]) await put(handoff);
    const state = world.roster ?? aRoster();
    await roster.commit([{ kind: 'roster', id: 'current', version: 0, state, facts: [] }]);
  };

  const crashAt = (point: CrashPoint | undefined) => {
    const { wrap, calls } = crashing(point);
    const wrapped: NotifySalesDeps = {
      ...deps,
      handoffs: wrap(deps.handoffs),
      notices: wrap(deps.notices),
      topic: wrap(deps.topic),
      metrics: wrap(deps.metrics),
      mailer: wrap(deps.mailer),
      tokens: wrap(deps.tokens),
      leads: wrap(deps.leads),
      policy: wrap(deps.policy),
    };
    return { notify: makeNotifySales(wrapped), tellDigest: makeTellDigest(wrapped), calls };
  };

  return {
    ...crashAt(undefined),
    crashAt,
    setUp,
    handoffTable,
    policy: deps.policy,
    put,
    clock,
    mails,
    topic,
    metrics,
    notices,
    noticeTable,
    mailsTo: (id: string, text: string) =>
      mails.filter(({ to, subject }) => to === `${id}@ours.example` && subject === text),
  };
};
