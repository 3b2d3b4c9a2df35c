import { asksToTalk } from '../../../../shared/domain/assessment.ts';
import { engagementRef } from '../../../../shared/domain/engagement-ref.ts';
import { scoringKey } from '../../../../shared/domain/fold/scoring-index.ts';
import { epochOf, HOUR, type Instant, instantOf, later, latest } from '../../../../shared/domain/time.ts';
import { naiveEngagement, type SentEngagement } from '../../../../shared/simulation/naive-score.ts';
import type { PlayedSeed } from '../play-seed.ts';
import { sentEngagements, sentEvents } from '../sent-events.ts';
import type { Broken } from './broken.ts';
import { mergedNames } from './merged-names.ts';
import { statesOf, toldOf, wholeLeadsOf } from './outcome.ts';

type Sent = SentEngagement &
  Readonly<{
    lead: Readonly<Record<string, string>>;
    /** The first time. */
    sentAt: number;
    /** It was told as history, too. */
    isPast: boolean;
    /** Somebody judged it: what counts in the end. */
    verdict?: string;
  }>;

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
    ...outdated(played, sent, leads),
    ...(await asks(played, sent, leads)),
  ];
};

/** No tick for an hour, and messages that are late. */
const slackMs = 2 * HOUR;

type WholeLeads = Awaited<ReturnType<typeof wholeLeadsOf>>;

/** By the short names of timelines. */
const sentOf = ({ inputs }: PlayedSeed): ReadonlyMap<string, Sent> => {
  const sent = new Map<string, Sent>();
  const verdicts = verdictsIn(inputs);
  for (const { at, isPast, detail } of sentEngagements(inputs).toSorted((a, b) => b.at - a.at)) {
    const ref = engagementRef(String(detail.id));
    const verdict = verdicts.get(ref);
    sent.set(ref, {
      // The history made them: they fit.
      ...(detail as unknown as SentEngagement & Pick<Sent, 'lead'>),
      sentAt: at,
      isPast: isPast || sent.get(ref)?.isPast === true,
      ...(verdict === undefined ? {} : { verdict }),
    });
  }
  return sent;
};

/** Of each engagement that was judged the verdict that counts, whichever came first. */
const verdictsIn = (inputs: PlayedSeed['inputs']): ReadonlyMap<string, string> => {
  const judged = inputs.flatMap(({ event: { type, detail } }) =>
    type === 'EngagementJudged'
      ? [{ ref: engagementRef(String(detail.engagementId)), verdict: String(detail.verdict), of: Number(detail.sequence) }]
      : [],
  );
  const strictness = ['release', 'hold', 'void'];
  const ascending = judged.toSorted(
    (a, b) => a.of - b.of || strictness.indexOf(a.verdict) - strictness.indexOf(b.verdict),
  );
  return new Map(ascending.map(({ ref, verdict }) => [ref, verdict]));
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
    const wasThere = [...since].some((at) => lead.stageAt < at && timeline.some(({ id }) => (sent.get(id)?.sentAt ?? Infinity) < epochOf(at) - slackMs));
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

/** Whoever asks is told of once, and heard: by a handoff, or by somebody in sales; those excluded by a mail alone. */
const asks = async (
  played: PlayedSeed,
  sent: ReadonlyMap<string, Sent>,
  leads: WholeLeads,
): Promise<Broken[]> => {
  const { policy, system, endAt } = played;
  const inForce = system.policies.inForce();
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
  const { absorbs } = mergedNames(played);
  const broken: Broken[] = [];
  const sentId = (ref: string) => sent.get(ref)?.id ?? ref;
  for (const { leadId, timeline } of leads) {
    const view = await system.ports.leadReader.view(leadId, inForce, endAt);
    const wasServed = !absorbs(leadId) || !isAnybodyExcluded(played);
    const isServed = wasServed && view?.excluded === undefined && view?.unserved === false;
    for (const entry of timeline.filter((one) => asksToTalk(one, policy.policy))) {
      const facts = told.filter(({ fact }) => engagementRef(fact.engagementId) === entry.id);
      const { isPast = false, verdict = 'release' } = sent.get(entry.id) ?? {};
      // What was told as history, and what does not count, may be heard of once, and need not.
      if (isPast || verdict !== 'release') {
        if (facts.length > 1)
          broken.push({ promise: 'other', text: `the ask ${sentId(entry.id)} was told ${facts.length} times` });
        continue;
      }
      if (facts.length !== 1)
        broken.push({ promise: 'other', text: `the ask ${sentId(entry.id)} was told ${facts.length} times` });
      if (isServed && !opened.has(entry.id) && !heard.get(leadId)?.has(entry.id))
        broken.push({ promise: 'other', text: `nobody heard ${leadId} ask by ${sentId(entry.id)}` });
    }
  }
  return broken;
};

/** Of one person under two names it may be that only what is said under one of them excludes them. */
const isAnybodyExcluded = ({ inputs, policy: { policy } }: PlayedSeed): boolean => {
  const { roles, industries, unservedCountries } = policy.exclude;
  const out = new Set<unknown>([...roles, ...industries, ...unservedCountries].map((name) => name.toLowerCase()));
  return sentEvents(inputs).some(({ detail: { traits } }) =>
    Object.values(traits ?? {}).some((value) => out.has(String(value).toLowerCase())),
  );
};
