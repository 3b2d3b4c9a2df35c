import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { unknownAddress } from '../../shared/domain/consent.ts';
import { emptyMailbox } from '../../shared/domain/enrolment.ts';
import type { Enrolment, Mailbox, NurtureStates } from '../../shared/domain/nurture.ts';
import {
  strictest,
  type UnitedEnrolment,
  uniteEnrolments,
  uniteMailboxes,
} from '../../shared/domain/nurture-merge.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Fact, FactOf } from '../../shared/events/facts.ts';
import type { Aggregates, Change, Loaded } from '../../shared/ports.ts';

type Nurture = Aggregates<NurtureStates>;
type Changes = readonly Change<keyof NurtureStates>[];

/**
 * What nurture has of a lead that was merged goes over to the other one, in one write: its enrolments go on there, what
 * it was mailed counts there, and what one of their addresses must not get none of them gets. Its mailbox says afterwards
 * that it is gone, so whoever has read it before cannot save it. Returns whether there was something to do.
 */
export const mergeNurture = (
  nurture: Nurture,
  { leadId: from, addresses: told }: Pick<FactOf<'LeadMerged'>, 'leadId' | 'addresses'>,
  into: string,
  now: Instant,
): Promise<boolean> =>
  decideAndCommit(nurture, async () => {
    const old = await nurture.load('mailbox', from);
    if (old.state?.mergedInto !== undefined) return { changes: [], result: false };
    const mailbox = await nurture.load('mailbox', into);
    const [before, leaving] = [mailbox.state ?? emptyMailbox, old.state ?? emptyMailbox];
    // They were merged with others before, who had others.
    const addresses = [...new Set([...(before.addresses ?? []), ...(leaving.addresses ?? []), ...told])];
    const { changes, goesOn } = await moveEnrolments(nurture, { before, leaving, into, now });
    return {
      changes: [
        ...changes,
        changeOf('mailbox', into, mailbox, {
          state: { ...uniteMailboxes(before, leaving, goesOn), addresses },
        }),
        changeOf('mailbox', from, old, { state: { ...emptyMailbox, mergedInto: into } }),
        ...(await consentChanges(nurture, addresses, into, now)),
      ],
      result: true,
    };
  });

type Moving = Readonly<{ before: Mailbox; leaving: Mailbox; into: string; now: Instant }>;

const moveEnrolments = async (
  nurture: Nurture,
  { before, leaving, into, now }: Moving,
): Promise<Readonly<{ changes: Changes; goesOn: ReadonlySet<string> }>> => {
  const changes: Change<keyof NurtureStates>[] = [];
  const goesOn = new Set<string>();
  for (const [campaign, { id, active }] of Object.entries(leaving.enrolments)) {
    if (!active) continue;
    const moving = await nurture.load('enrolment', id);
    if (moving.state === undefined) continue;
    const known = before.enrolments[campaign];
    const staying = known?.active ? await nurture.load('enrolment', known.id) : undefined;
    if (staying?.state === undefined) {
      changes.push(enrolmentChange(moving, { enrolment: { ...moving.state, leadId: into }, facts: [] }));
      continue;
    }
    const united = uniteEnrolments({ staying: staying.state, moving: moving.state }, into, now);
    goesOn.add(united.goesOn);
    for (const one of united.changed)
      changes.push(enrolmentChange(one.enrolment.id === moving.state.id ? moving : staying, one));
  }
  return { changes, goesOn };
};

const enrolmentChange = (loaded: Loaded<Enrolment>, { enrolment, facts }: UnitedEnrolment) =>
  changeOf('enrolment', enrolment.id, loaded, {
    state: enrolment,
    facts,
    ...(enrolment.nextAt === undefined ? {} : { dueAt: enrolment.nextAt }),
  });

const consentChanges = async (
  nurture: Nurture,
  ids: readonly string[],
  leadId: string,
  now: Instant,
): Promise<Changes> => {
  const loaded = await Promise.all(ids.map((id) => nurture.load('address', id)));
  const before = loaded.map(({ state }) => state ?? unknownAddress(now));
  return strictest(before, now).flatMap((state, i): Changes => {
    const [id, item] = [ids[i], loaded[i]];
    if (id === undefined || item === undefined || state === before[i]) return [];
    const facts: readonly Fact[] =
      state.marketing === before[i]?.marketing
        ? []
        : [{ type: 'ConsentChanged', leadId, at: now, marketing: 'opted-out', reason: 'merged' }];
    return [changeOf('address', id, item, { state, facts })];
  });
};
