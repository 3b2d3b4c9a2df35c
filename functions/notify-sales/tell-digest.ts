import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { dueOf, sizeOf, type Waiting, withoutTold } from '../../shared/domain/digest.ts';
import type { DigestEntry } from '../../shared/domain/notices.ts';
import { managerFor } from '../../shared/domain/staff.ts';
import { type NotifySalesDeps, readRoster } from './notify-sales.ts';
import { makeStaffMailer } from './staff-mailer.ts';

/**
 * Sends a manager's waiting breaches in one mail, however many they are; a single one as the mail that a hot one would be. They are taken out
 * after the mail has gone: a stop in between sends them twice, never not at all.
 */
export const makeTellDigest = (deps: NotifySalesDeps) => {
  const staffMailer = makeStaffMailer(deps);

  const aboutOf = async ({ leadId, handoffId, deadline, dueAt }: DigestEntry) => {
    const { state } = await deps.handoffs.load('handoff', handoffId);
    return { leadId, handoff: state, deadline: { name: deadline, dueAt } };
  };

  const takeOut = (managerId: string, told: Waiting) =>
    decideAndCommit(deps.notices, async () => {
      const digest = await deps.notices.load('digest', managerId);
      if (digest.state === undefined) return { changes: [], result: undefined };
      const state = withoutTold(digest.state, told);
      const dueAt = state.dueAt === undefined ? {} : { dueAt: state.dueAt };
      return {
        changes: state === digest.state ? [] : [changeOf('digest', managerId, digest, { state, ...dueAt })],
        result: undefined,
      };
    });

  return async (managerId: string): Promise<'told' | 'nothing-due'> => {
    const { state } = await deps.notices.load('digest', managerId);
    const waiting = state && dueOf(state, deps.clock.now());
    if (waiting === undefined || sizeOf(waiting) === 0) return 'nothing-due';
    const roster = await readRoster(deps);
    const abouts = await Promise.all(waiting.entries.map(aboutOf));
    const handoff = abouts[0]?.handoff ?? {};
    const people = { to: managerFor(roster, managerId, handoff), roster };
    const [first] = abouts;
    if (first !== undefined && sizeOf(waiting) === 1)
      await staffMailer.one('handoff-breached', first, people);
    else await staffMailer.digest(abouts, waiting.more ?? {}, people);
    await takeOut(managerId, waiting);
    return 'told';
  };
};
