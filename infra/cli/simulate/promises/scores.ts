import { asksToTalk } from '../../../../shared/domain/assessment.ts';
import { engagementRef } from '../../../../shared/domain/engagement-ref.ts';
import { epochOf, HOUR, type Instant, instantOf, later, latest } from '../../../../shared/domain/time.ts';
import { naiveEngagement, type SentEngagement } from '../../../../shared/simulation/naive-score.ts';
import type { PlayedSeed } from '../play-seed.ts';
import type { Broken } from './broken.ts';
import { statesOf, toldOf, wholeLeadsOf } from './outcome.ts';

type Sent = SentEngagement & Readonly<{ lead: Readonly<Record<string, string>>; sentAt: number }>;

/** Promise 1: every engagement is in one timeline, once, and the score is the fold of them. */
export const scorePromises = async (played: PlayedSeed): Promise<Broken[]> => {
  const sent = sentOf(played);
  const leads = await wholeLeadsOf(played);
  const places = new Map<string, string[]>();
  for (const { leadId, timeline } of leads)
    for (const { id } of timeline) places.set(id, [...(places.get(id) ?? []), leadId]);
  return [
    ...leads.flatMap(miscounted),
    ...[...sent.keys()].flatMap((ref) => placed(sent.get(ref)?.id ?? ref, places.get(ref) ?? [])),
    ...apart(sent, places),
    ...(await wrongScores(played, sent, leads)),
    ...(await asks(played, sent, leads)),
  ];
};

type WholeLeads = Awaited<ReturnType<typeof wholeLeadsOf>>;

/** By the short names of timelines. */
const sentOf = ({ inputs }: PlayedSeed): ReadonlyMap<string, Sent> => {
  const sent = new Map<string, Sent>();
  for (const { at, event } of inputs.toSorted((a, b) => b.at - a.at))
    if (event.type === 'EngagementRecorded' && typeof event.detail.id === 'string')
      // The history made them: they fit.
      sent.set(engagementRef(event.detail.id), { ...(event.detail as unknown as Sent), sentAt: at });
  return sent;
};

/** What a lead says of the length of its timeline, of which it holds the end only. */
const miscounted = ({ leadId, lead, timeline }: WholeLeads[number]): Broken[] =>
  lead.count === timeline.length
    ? []
    : [{ promise: 'other', text: `${leadId} counts ${lead.count} engagements, and has ${timeline.length}` }];

const placed = (id: string, leadIds: readonly string[]): Broken[] => {
  if (leadIds.length === 0) return [{ promise: 'lost', text: `${id} is in no timeline` }];
  return leadIds.length === 1
    ? []
    : [{ promise: 'doublePoints', text: `${id} is in the timelines of ${leadIds.join(' and ')}` }];
};

/** What has one strong name belongs to one lead. */
const apart = (sent: ReadonlyMap<string, Sent>, places: ReadonlyMap<string, readonly string[]>): Broken[] => {
  const byName = new Map<string, Set<string>>();
  for (const [id, { lead }] of sent) {
    const name = lead.userId ?? lead.email;
    const leadId = places.get(id)?.[0];
    if (name !== undefined && leadId !== undefined)
      byName.set(name, (byName.get(name) ?? new Set()).add(leadId));
  }
  return [...byName].flatMap(([, { size }], i) =>
    size === 1 ? [] : [{ promise: 'wrongScore', text: `name ${i} is ${size} leads` }],
  );
};

const wrongScores = async (
  played: PlayedSeed,
  sent: ReadonlyMap<string, Sent>,
  leads: WholeLeads,
): Promise<Broken[]> => {
  const { system, policy, endAt } = played;
  const broken: Broken[] = [];
  for (const { leadId, timeline } of leads) {
    const cutOff = latest(
      '',
      ...toldOf(played, 'LeadStageChanged')
        .filter(({ fact }) => fact.leadId === leadId && fact.to === 'recycled')
        .map(({ fact }) => fact.at),
    );
    const happened: SentEngagement[] = [];
    for (const { id: ref, at } of timeline) {
      const engagement = sent.get(ref);
      if (engagement === undefined) {
        broken.push({ promise: 'wrongScore', text: `${leadId} has ${ref}, which nobody sent` });
        continue;
      }
      const occurredAt = instantOf(at);
      if (!isItsTime(engagement, occurredAt))
        broken.push({ promise: 'wrongScore', text: `${engagement.id} has the time ${occurredAt}` });
      if (occurredAt > cutOff) happened.push({ ...engagement, occurredAt });
    }
    const view = await system.ports.leadReader.view(leadId, policy, endAt);
    const naive = naiveEngagement(happened, policy.policy, epochOf(endAt));
    if (view === undefined || Math.abs(view.engagement - naive) > 1e-9 * Math.max(1, 10 * timeline.length))
      broken.push({ promise: 'wrongScore', text: `${leadId} has ${view?.engagement}, not ${naive}` });
  }
  return broken;
};

/** Its own; or its first receipt, where it had none or one that was ahead. */
const isItsTime = ({ occurredAt: own, sentAt }: Sent, occurredAt: Instant): boolean => {
  if (own === occurredAt) return true;
  const mayBeReceipt = own === undefined || epochOf(own) > sentAt;
  return mayBeReceipt && epochOf(occurredAt) >= sentAt && occurredAt <= later(instantOf(sentAt), 5 * HOUR);
};

/** Whoever asks is told of once, and heard: by a handoff, or by somebody in sales; those excluded by a mail alone. */
const asks = async (
  played: PlayedSeed,
  sent: ReadonlyMap<string, Sent>,
  leads: WholeLeads,
): Promise<Broken[]> => {
  const { policy, system, endAt } = played;
  const told = toldOf(played, 'LeadAskedToTalk');
  const heard = new Map(
    [...statesOf<{ heard?: readonly string[] }>(system.tables.sales, 'lead-handoffs')].map(
      ([leadId, state]) => [leadId, new Set(state.heard?.map(engagementRef))],
    ),
  );
  const opened = new Set(
    [...statesOf<{ cause: { id: string } }>(system.tables.sales, 'handoff').values()].map(({ cause }) =>
      engagementRef(cause.id),
    ),
  );
  const broken: Broken[] = [];
  const sentId = (ref: string) => sent.get(ref)?.id ?? ref;
  for (const { leadId, timeline } of leads) {
    const view = await system.ports.leadReader.view(leadId, policy, endAt);
    const isServed = view?.excluded === undefined && view?.unserved === false;
    for (const entry of timeline.filter((one) => asksToTalk(one, policy.policy))) {
      const facts = told.filter(({ fact }) => engagementRef(fact.engagementId) === entry.id);
      if (facts.length !== 1)
        broken.push({ promise: 'other', text: `the ask ${sentId(entry.id)} was told ${facts.length} times` });
      if (isServed && !opened.has(entry.id) && !heard.get(leadId)?.has(entry.id))
        broken.push({ promise: 'other', text: `nobody heard ${leadId} ask by ${sentId(entry.id)}` });
    }
  }
  return broken;
};
