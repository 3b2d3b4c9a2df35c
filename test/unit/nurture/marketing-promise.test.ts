/** Promise 5: marketing mail at most once per enrolment and step; never against consent, cap or window. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeEnrollNurture } from '../../../functions/enroll-nurture/enroll-nurture.ts';
import { makeSendNurtureMail } from '../../../functions/send-nurture-mail/send-nurture-mail.ts';
import { nextInMailWindow } from '../../../shared/domain/mail-window.ts';
import type { Stage } from '../../../shared/domain/stage.ts';
import { DAY, epochOf, HOUR, type Instant, MINUTE } from '../../../shared/domain/time.ts';
import type { Mail, SendOutcome } from '../../../shared/ports.ts';
import { memoryDueIndex } from '../../../shared/simulation/memory-aggregates.ts';
import { Crash, type CrashPoint, crashing } from '../../support/crashes.ts';
import { aLead, becameMql, granted, type NurtureWorld, nurtureWorld } from '../../support/nurture-world.ts';

/** Three campaigns at once, so that cap and mailbox are fought for. */
const marketing = (kind: string, ...steps: readonly string[]) => ({
  stream: 'marketing' as const,
  start: { on: 'engagement' as const, kind },
  exitAt: ['recycled' as const],
  reentryAfter: '2d',
  steps: steps.map((after, i) => ({ send: ['guide', 'proof', 'invite-to-talk'][i]!, after })),
});
const campaigns = {
  one: marketing('one', '0m', '1d', '2d'),
  two: marketing('two', '10m', '26h', '3d'),
  three: marketing('three', '1h', '5d'),
};

const outcomes: readonly SendOutcome[] = [
  { type: 'sent', messageId: 'm' },
  { type: 'unknown' },
  { type: 'throttled' },
  { type: 'quota' },
  { type: 'refused', code: 'MessageRejected' },
  { type: 'paused', code: 'AccountSuspendedException' },
];

const crashPoint = fc.option(
  fc.record({ call: fc.nat(14), when: fc.constantFrom('before' as const, 'after' as const) }),
  { nil: undefined, freq: 2 },
);

type Action =
  | { do: 'wait'; minutes: number }
  | { do: 'engage'; kind: string; fact: number; crash: CrashPoint | undefined }
  | { do: 'work'; copies: readonly (CrashPoint | undefined)[] }
  | { do: 'consent'; marketing: 'granted' | 'opted-out' | 'requested' | 'none' }
  | { do: 'move'; stage: Stage };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      minutes: fc.oneof(fc.nat(90), fc.nat(3 * 24 * 60)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('engage' as const),
      kind: fc.constantFrom(...Object.keys(campaigns)),
      fact: fc.nat(3),
      crash: crashPoint,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('work' as const),
      copies: fc.array(crashPoint, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      marketing: fc.constantFrom(
        'granted' as const,
        'granted' as const,
        'opted-out' as const,
        'requested' as const,
        'none' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      stage: fc.constantFrom<Stage>('mql', 'mql', 'sql', 'recycled'),
    }),
  },
);

type Attempt = Readonly<{
  at: Instant;
  mail: Mail;
  mayHaveLeft: boolean;
  consent: string;
  stage: Stage;
  step: number;
}>;

const wrapped = (world: NurtureWorld, point: CrashPoint | undefined, scheduler: fc.Scheduler) => {
  const { wrap } = crashing(point);
  const slow = <P extends object>(port: P): P =>
    new Proxy(wrap(port), {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return async (...parameters: unknown[]) => {
          await scheduler.schedule(Promise.resolve(), String(key));
          return member(...parameters);
        };
      },
    });
  const { nurture, leads, mailer } = world.deps;
  return { ...world.deps, nurture: slow(nurture), leads: slow(leads), mailer: slow(mailer) };
};

const ignoringCrashes = async (run: Promise<unknown>) => {
  await run.catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error;
  });
};

const within = (attempts: readonly Attempt[], last: Attempt, span: number) =>
  attempts.filter(({ at }) => at <= last.at && epochOf(at) > epochOf(last.at) - span).length;

const runActions = async (
  actions: readonly Action[],
  answers: readonly SendOutcome[],
  scheduler: fc.Scheduler,
) => {
  let consent = 'granted';
  const lead = aLead({ country: 'GB' });
  const attempts: Attempt[] = [];
  const world = nurtureWorld({
    lead,
    policy: { campaigns },
    answer: (n, mail) => {
      const outcome = answers[n % answers.length]!;
      attempts.push({
        at: world.now(),
        mail,
        mayHaveLeft: outcome.type === 'sent' || outcome.type === 'unknown',
        consent,
        stage: world.leads.get('lead-1')!.stage,
        step: world.enrolments().find(({ id }) => id === mail.tags.enrolment)!.step,
      });
      return outcome;
    },
  });
  await world.putAddress(granted());

  const together = (runs: readonly Promise<void>[]) => scheduler.waitFor(Promise.all(runs));
  const act: { [K in Action['do']]: (action: Extract<Action, { do: K }>) => Promise<void> | void } = {
    wait: ({ minutes }) => world.wait(minutes * MINUTE),
    engage: async ({ kind, fact, crash }) => {
      const engaged = {
        type: 'LeadEngaged',
        factId: `f${fact}`,
        leadId: 'lead-1',
        at: world.now(),
        engagementId: 'e',
        kind,
        occurredAt: world.now(),
      } as const;
      await together([
        ignoringCrashes(makeEnrollNurture(wrapped(world, crash, scheduler))(engaged)),
        ignoringCrashes(makeEnrollNurture(wrapped(world, undefined, scheduler))(engaged)),
      ]);
    },
    work: async ({ copies }) => {
      const due = await memoryDueIndex(world.table).due(world.now(), 10);
      await together([
        ...due.flatMap(({ id }) =>
          copies.map((point) => ignoringCrashes(makeSendNurtureMail(wrapped(world, point, scheduler))(id))),
        ),
      ]);
    },
    consent: async (change) => {
      consent = change.marketing;
      await world.putAddress(granted({ marketing: change.marketing }));
    },
    move: async ({ stage }) => {
      world.leads.set('lead-1', { ...lead, stage });
      await world.enroll(becameMql({ to: stage, factId: 'f-move' }));
    },
  };
  for (const one of actions) await act[one.do](one as never);
  return { world, attempts };
};

it('holds whatever is doubled, lost, stopped, late or side by side', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 5, maxLength: 40 }),
      fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 12 }),
      fc.scheduler(),
      async (actions, answers, scheduler) => {
        const { world, attempts } = await runActions(actions, answers, scheduler);
        const left = attempts.filter(({ mayHaveLeft }) => mayHaveLeft);
        const steps = left.map(({ mail, step }) => `${mail.tags.enrolment} ${step}`);
        expect(new Set(steps).size).toBe(steps.length);
        for (const attempt of attempts) {
          expect(attempt.consent).toBe('granted');
          expect(['mql']).toContain(attempt.stage);
          expect(nextInMailWindow(attempt.at, 'Europe/London', world.policy)).toBe(attempt.at);
          expect(attempt.mail.headers).toHaveProperty('List-Unsubscribe-Post');
        }
        for (const last of left) {
          expect(within(left, last, DAY)).toBeLessThanOrEqual(1);
          expect(within(left, last, 7 * DAY)).toBeLessThanOrEqual(2);
        }
        // A fact enters a campaign at most once, and nothing stays unlooked at.
        const ids = world.facts('NurtureEnrolled').map(({ enrolmentId }) => enrolmentId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { id, status, nextAt } of world.enrolments())
          expect(world.dueAt(id)).toBe(status === 'waiting' || status === 'claimed' ? nextAt : undefined);
      },
    ),
    { numRuns: 200 },
  );
}, 120_000);

it('ends every campaign in the end, if mail works again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { maxLength: 25 }),
      fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 6 }),
      fc.scheduler(),
      async (actions, answers, scheduler) => {
        const { world } = await runActions(
          actions,
          [...answers, { type: 'sent', messageId: 'm' }],
          scheduler,
        );
        for (let hour = 0; hour < 24 * 60; hour += 6) {
          world.wait(6 * HOUR);
          await world.tick();
        }
        for (const { status } of world.enrolments()) expect(['finished', 'exited']).toContain(status);
        const active = Object.values((await world.mailbox())?.enrolments ?? {}).filter(
          (entry) => entry.active,
        );
        expect(active).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);
