import type { Handoff } from '../../shared/domain/handoff.ts';
import { type Opening, openHandoff } from '../../shared/domain/handoff-open.ts';
import type { LeadView } from '../../shared/domain/lead-view.ts';
import type { Roster } from '../../shared/domain/roster.ts';
import { teamOf } from '../../shared/domain/roster.ts';
import type { Target } from '../../shared/domain/routing.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import { defaultPolicy } from './default-policy.ts';
import { aLeadView } from './lead-views.ts';
import { aRoster } from './roster.ts';

/** A Monday, 10:00 in Berlin. */
export const monday = '2026-11-23T09:00:00.000Z';

export type HandoffWorld = Readonly<{
  opening?: Partial<Opening>;
  lead?: Partial<LeadView>;
  policy?: Policy;
  roster?: Roster;
  loads?: Readonly<Record<string, number>>;
  target?: Target;
  now?: string;
}>;

/** Opens a handoff to team `dach`, and says what was told. */
export const openedHandoff = ({ opening, lead, target, ...world }: HandoffWorld = {}) => {
  const roster = world.roster ?? aRoster();
  const now = world.now ?? monday;
  return openHandoff(
    {
      handoffId: 'h-1',
      cause: { type: 'engagement', id: 'e-1' },
      mqlAt: monday,
      hot: false,
      ...opening,
    },
    {
      lead: aLeadView(lead),
      target: target ?? { type: 'team', route: 'dach', team: teamOf(roster, 'dach')! },
      policy: world.policy ?? defaultPolicy(),
      roster,
      loads: { loads: { ...world.loads } },
      now,
    },
  );
};

export const aHandoff = (world: HandoffWorld = {}, overrides: Partial<Handoff> = {}): Handoff => ({
  ...openedHandoff(world).state,
  ...overrides,
});

/** Hot, because somebody asked for a demo at the moment of the MQL. */
export const askedAt = (at: string, receivedAt = at): Partial<Opening> => ({
  hot: true,
  mqlAt: receivedAt,
  asked: { engagementId: 'e-1', kind: 'demo-requested', occurredAt: at, receivedAt },
});
