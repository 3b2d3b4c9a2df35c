import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import { type LeadJourney, noLeadJourney } from '../../../shared/domain/journey.ts';
import { epochOf, instantOf } from '../../../shared/domain/time.ts';
import { wholeSpan } from '../../../shared/domain/timeline.ts';
import { localTimeOf } from '../../../shared/domain/zoned-time.ts';
import type { MemoryTable } from '../../../shared/simulation/memory-aggregates.ts';
import { memoryLeads } from '../../../shared/simulation/memory-leads.ts';
import { eventId } from '../inbound-event.ts';
import type { ReplayedLead } from './funnel.ts';
import type { HistoryEvent } from './read-history.ts';

/** Where a lead came from whose producer does not say. */
const noOrigin = '(none)';

type Tables = Readonly<{ leads: MemoryTable; journeys: MemoryTable }>;

/** All leads as they are now, in the order in which they came, then by name. */
export const replayedLeads = async (
  { leads, journeys }: Tables,
  events: readonly HistoryEvent[],
  zone: string,
): Promise<readonly ReplayedLead[]> => {
  const names = namesOf(events);
  const store = memoryLeads(leads);
  const replayed = statesOf(leads, 'lead').map(async ({ id }): Promise<readonly ReplayedLead[]> => {
    const loaded = await store.load(id);
    const { state } = loaded;
    if (state === undefined) return [];
    const [first] = await store.timeline(id, loaded, wholeSpan);
    const since = first === undefined ? state.stageAt : instantOf(first.at);
    const journey = journeys.items.find('lead-journey', id)?.state;
    return [
      {
        name: names.get(first?.id ?? engagementRef(state.deal?.id ?? '')) ?? id,
        origin: first?.origin ?? noOrigin,
        month: localTimeOf(zone, epochOf(since)).date.slice(0, 7),
        since,
        stage: state.stage,
        furthest: state.furthest,
        // This kind has this state.
        journey: (journey as LeadJourney | undefined) ?? noLeadJourney,
      },
    ];
  });
  return (await Promise.all(replayed))
    .flat()
    .sort((a, b) => compare(a.since, b.since) || compare(a.name, b.name));
};

/** The items of one kind. The table is shared by several; each kind has its own state. */
export const statesOf = <S>(
  { items }: MemoryTable,
  kind: string,
): readonly Readonly<{ id: string; state: S }>[] =>
  [...items.values()].flatMap((item) =>
    item.kind === kind ? [{ id: item.id, state: item.state as S }] : [],
  );

/** By event's short name, whom its producer means; only by an id of theirs, for an address is personal. */
const namesOf = (events: readonly HistoryEvent[]): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const { event } of events) {
    const [id, name] = [eventId(event), userIdOf(event.detail.lead)];
    if (id !== undefined && name !== undefined) names.set(engagementRef(id), name);
  }
  return names;
};

const userIdOf = (lead: unknown): string | undefined =>
  typeof lead === 'object' && lead !== null && 'userId' in lead && typeof lead.userId === 'string'
    ? lead.userId
    : undefined;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
