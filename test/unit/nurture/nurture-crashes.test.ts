import { describe, expect, it } from 'vitest';
import { makeChangeConsent } from '../../../functions/change-consent/change-consent.ts';
import { makeEnrollNurture } from '../../../functions/enroll-nurture/enroll-nurture.ts';
import { makeSendNurtureMail } from '../../../functions/send-nurture-mail/send-nurture-mail.ts';
import { DAY, HOUR, later } from '../../../shared/domain/time.ts';
import { Crash, type CrashPoint, crashing } from '../../support/crashes.ts';
import {
  askedToTalk,
  becameMql,
  granted,
  type NurtureWorld,
  nurtureWorld,
  tuesday,
} from '../../support/nurture-world.ts';

/** The room's ports, which crash at the point; the clock and the metrics go on. */
const stopping = (world: NurtureWorld, point: CrashPoint | undefined) => {
  const { wrap, calls } = crashing(point);
  const { nurture, sales, leads, hash, policy, mailer, tokens } = world.deps;
  const deps = {
    ...world.deps,
    nurture: wrap(nurture),
    sales: wrap(sales),
    leads: wrap(leads),
    hash: wrap(hash),
    policy: wrap(policy),
    mailer: wrap(mailer),
    tokens: wrap(tokens),
  };
  return { deps, calls };
};

const enrolled = async () => {
  const world = nurtureWorld();
  await world.putAddress(granted());
  await world.enroll(becameMql());
  world.wait(HOUR);
  return { world, id: world.enrolments()[0]!.id };
};

const pointsOf = (calls: number): readonly CrashPoint[] =>
  Array.from({ length: calls }, (_, call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]).flat();

const sendCalls = await (async () => {
  const { world, id } = await enrolled();
  const { deps, calls } = stopping(world, undefined);
  await makeSendNurtureMail(deps)(id);
  return calls();
})();

describe('a stop while a mail is sent', () => {
  it('has all the places in which it could happen', () => {
    // policy, enrolment, mailbox, lead, hash, address, handoffs, token, claim, mail, then enrolment, mailbox, outcome.
    expect(sendCalls).toBe(13);
  });

  it.each(pointsOf(sendCalls))(
    '$when call $call neither sends twice nor holds up the campaign',
    async (point) => {
      const { world, id } = await enrolled();
      const { deps } = stopping(world, point);
      await expect(makeSendNurtureMail(deps)(id)).rejects.toThrow(Crash);
      const left = world.mailer.attempts.length;
      // The message comes again, at once and later.
      await world.send(id);
      await world.send(id);
      await world.runUntil(later(tuesday, 30 * DAY));

      const mails = world.mailer.attempts.map(({ mail }) => mail.tags.text);
      expect(new Set(mails).size).toBe(mails.length);
      expect(mails.slice(-2)).toEqual(['proof', 'invite-to-talk']);
      expect(world.enrolments()).toMatchObject([{ status: 'finished' }]);
      const first = world.enrolments()[0]!.outcomes[0]!;
      const claimed = world.metrics.values.get('MailOutcomeUnknown') !== undefined;
      expect(first.outcome).toBe(claimed ? 'unknown' : 'sent');
      if (left === 0 && !claimed) expect(mails).toHaveLength(3);
      expect(world.facts('NurtureMailSent').length).toBe(claimed ? 2 : 3);
    },
  );
});

const enrollCalls = await (async () => {
  const world = nurtureWorld();
  const { deps, calls } = stopping(world, undefined);
  await makeEnrollNurture(deps)(askedToTalk());
  return calls();
})();

describe('a stop while a lead is enrolled', () => {
  it.each(pointsOf(enrollCalls))('$when call $call enrols it once all the same', async (point) => {
    const world = nurtureWorld();
    const { deps } = stopping(world, point);
    await expect(makeEnrollNurture(deps)(askedToTalk())).rejects.toThrow(Crash);
    await world.enroll(askedToTalk());
    expect(world.facts('NurtureEnrolled')).toHaveLength(1);
    expect((await world.mailbox())?.enrolments['answer-request']).toMatchObject({ active: true });
  });
});

describe('a stop while consent changes', () => {
  it.each(pointsOf(5))('$when call $call applies it once all the same', async (point) => {
    const world = nurtureWorld();
    const statement = {
      type: 'ConsentStated',
      factId: 'f1',
      leadId: 'lead-1',
      at: tuesday,
      basis: 'opt-in',
      statedAt: tuesday,
      proof: 'form',
    } as const;
    const { deps } = stopping(world, point);
    await expect(makeChangeConsent(deps)(statement)).rejects.toThrow(Crash);
    await world.changeConsent(statement);
    expect(world.facts('ConsentChanged')).toHaveLength(1);
    expect(await world.address()).toMatchObject({ marketing: 'granted' });
  });
});
