import { scoringKey } from '../../../../shared/domain/fold/scoring-index.ts';
import { epochOf, HOUR, type Instant, instantOf, later, latest } from '../../../../shared/domain/time.ts';
import { naiveEngagement, type SentEngagement } from '../../../../shared/simulation/naive-score.ts';
import type { PlayedSeed } from '../play-seed.ts';
import type { Broken } from './broken.ts';
import { hearingPromises } from './hearing.ts';
import { mergedNames } from './merged-names.ts';
import { toldOf, type WholeLeads, wholeLeadsOf } from './outcome.ts';
import { type Sent, sentOf } from './sent.ts';

/** Promise 1: every engagement is in one timeline, once, and the score is the fold of them. */
export const scorePromises = async (played: PlayedSeed): Promise<Broken[]> => {
  const sent = sentOf(played);
  const leads = await wholeLeadsOf(played);
  const places = new Map<string, string[]>();
  for (const { leadId, timeline } of leads)
    for (const { id } of timeline) places.set(id, [...(places.get(id) ?? []), leadId]);
  return [
    ...leads.flatMap(miscounted),
    ...[...sent.keys()].flatMap((ref) => placed(ref, sent.get(ref), places.get(ref) ?? [])),
    ...apart(sent, places),
    ...(await wrongScores(played, sent, leads)),
    ...outdated(played, sent, leads),
    ...(await hearingPromises(played, sent, leads)),
  ];
};

/** No tick for an hour, and messages that are late. */
const slackMs = 2 * HOUR;

/** What a lead says of the length of its timeline, of which it holds the end only. */
const miscounted = ({ leadId, lead, timeline }: WholeLeads[number]): Broken[] =>
  lead.count === timeline.length
    ? []
    : [{ promise: 'other', text: `${leadId} counts ${lead.count} engagements, and has ${timeline.length}` }];

const placed = (ref: string, sent: Sent | undefined, leadIds: readonly string[]): Broken[] => {
  const id = sent?.id ?? ref;
  if (leadIds.length === 0) return [{ promise: 'lost', text: `${id} is in no timeline` }];
  return leadIds.length <= (sent?.isDouble ? 2 : 1)
    ? []
    : [{ promise: 'doublePoints', text: `${id} is in the timelines of ${leadIds.join(' and ')}` }];
};

/** What has one strong name belongs to one lead. */
const apart = (sent: ReadonlyMap<string, Sent>, places: ReadonlyMap<string, readonly string[]>): Broken[] => {
  const byName = new Map<string, Set<string>>();
  for (const [id, { lead, isDouble }] of sent) {
    if (isDouble) continue;
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
  const { system, endAt } = played;
  const { final } = mergedNames(played);
  const inForce = system.policies.inForce();
  const broken: Broken[] = [];
  for (const { leadId, lead, timeline } of leads) {
    const cutOff = latest(
      '',
      ...toldOf(played, 'LeadStageChanged')
        .filter(({ fact }) => final(fact.leadId) === leadId && fact.to === 'recycled')
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
      const counts = engagement.verdict === undefined || engagement.verdict === 'release';
      if (counts && occurredAt > cutOff) happened.push({ ...engagement, occurredAt });
    }
    const view = await system.ports.leadReader.view(leadId, inForce, endAt);
    const own = await system.ports.policy.published(lead.policy.hash);
    const naive = naiveEngagement(happened, own, epochOf(endAt));
    if (view === undefined || Math.abs(view.engagement - naive) > 1e-9 * Math.max(1, 10 * timeline.length))
      broken.push({ promise: 'wrongScore', text: `${leadId} has ${view?.engagement}, not ${naive}` });
  }
  return broken;
};

/** The last policy scores whoever did something since, and everybody whom it was applied to. */
const outdated = (
  { system, applied }: PlayedSeed,
  sent: ReadonlyMap<string, Sent>,
  leads: WholeLeads,
): Broken[] => {
  const published = system.policies.published();
  const last = published.at(-1);
  if (last === undefined || published.length === 1) return [];
  const key = scoringKey(last.policy);
  // A message may be late, and the instance that takes it may go by the policy before.
  const from = last.at + slackMs;
  return leads.flatMap(({ leadId, lead, timeline }): Broken[] => {
    if (lead.policy.scoring === key) return [];
    const isNew = timeline.some(({ id }) => (sent.get(id)?.sentAt ?? 0) > from);
    const since = new Set(applied.filter(({ sequence }) => sequence === last.sequence).map(({ at }) => at));
    const wasThere = [...since].some(
      (at) =>
        lead.stageAt < at &&
        timeline.some(({ id }) => (sent.get(id)?.sentAt ?? Infinity) < epochOf(at) - slackMs),
    );
    return (isNew && lead.count <= system.longestAnew) || wasThere
      ? [{ promise: 'wrongScore', text: `${leadId} is scored by an older policy` }]
      : [];
  });
};

/** Its own; or its first receipt, where it had none or one that was ahead. */
const isItsTime = ({ occurredAt: own, sentAt }: Sent, occurredAt: Instant): boolean => {
  if (own === occurredAt) return true;
  const mayBeReceipt = own === undefined || epochOf(own) > sentAt;
  return mayBeReceipt && epochOf(occurredAt) >= sentAt && occurredAt <= later(instantOf(sentAt), 5 * HOUR);
};
