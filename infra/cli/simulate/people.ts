import type { Handoff } from '../../../shared/domain/handoff.ts';
import { DAY, HOUR, instantOf } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { Answer } from '../../../shared/events/inbound.ts';
import type { MailAttempt } from '../../../shared/simulation/faulty-mailer.ts';
import { act, callTwice, handoffOf, type Stage, tryTwice } from './acting.ts';
import { manage } from './managers.ts';

const known = { need: 'met', authority: 'met', location: 'met' } as const;

const answers: readonly Answer[] = [
  { type: 'accept' },
  { type: 'accept' },
  { type: 'accept' },
  { type: 'accept', qualification: { need: 'met', location: 'met' } },
  { type: 'reject', reason: 'no-need' },
  { type: 'reject', reason: 'misrouted' },
  { type: 'reject', reason: 'not-icp' },
  { type: 'reject', reason: 'bad-data' },
  { type: 'contact', how: 'call' },
];
const afterwards: readonly Answer[] = [
  { type: 'contact', how: 'email' },
  { type: 'contact', how: 'call' },
  { type: 'qualify', qualification: { ...known, budget: 'met' } },
  { type: 'qualify', qualification: { ...known, timeline: { judgement: 'met', note: 'this quarter' } } },
  { type: 'qualify', qualification: { need: 'met' } },
  { type: 'reject', reason: 'low-intent' },
  { type: 'reject', reason: 'no-response' },
];

/** Reps who answer, or do not, or both of them at once; leads who follow the links in their mails. */
export const peopleOn = (stage: Stage) => ({
  hear(fact: StampedFact): void {
    const { draws } = stage;
    if (fact.type === 'HandoffOpened' && fact.holder !== undefined)
      react(stage, fact.handoffId, answers, 0.6);
    if (fact.type === 'HandoffReassigned' || fact.type === 'HandoffReminded')
      react(stage, fact.handoffId, answers, 0.25);
    if (fact.type === 'HandoffAccepted') {
      for (let i = 0; i < draws.whole(0, 2); i++) react(stage, fact.handoffId, afterwards, 0.8);
      if (draws.chance(0.25)) waitOn(stage, fact.handoffId);
    }
    if (fact.type === 'HandoffBreached' || (fact.type === 'HandoffReminded' && draws.chance(0.1)))
      manage(stage, fact.handoffId);
  },
  read({ mail, left }: MailAttempt): void {
    if (!left) return;
    const { draws } = stage;
    const { enrolment = '' } = mail.tags;
    const confirm = /^https:\S+\/consent\/confirm\?\S+$/.exec(mail.text)?.[0];
    if (confirm !== undefined && draws.chance(0.7)) follow(stage, 'confirm', confirm, enrolment);
    const unsubscribe = mail.headers?.['List-Unsubscribe']?.slice(1, -1);
    if (unsubscribe !== undefined && draws.chance(0.25)) follow(stage, 'unsubscribe', unsubscribe, enrolment);
  },
});

const react = (stage: Stage, handoffId: string, among: readonly Answer[], probability: number) => {
  const { draws } = stage;
  if (!draws.chance(probability)) return;
  const answer = draws.pick(among);
  const plan = handoffOf(stage.system, handoffId)?.plan;
  const deadline = draws.pick([plan?.accept, plan?.firstContact, plan?.qualify])?.dueAt;
  act(stage, { longestMs: 3 * DAY, deadline }, () => say(stage, handoffId, answer));
};

/** Whoever has accepted wants to come back to it in some days; perhaps in more than the policy lets them. */
const waitOn = (stage: Stage, handoffId: string) => {
  const { draws } = stage;
  const ms = draws.whole(2 * HOUR, 6 * DAY);
  act(stage, { longestMs: 2 * DAY }, () => {
    const until = instantOf(stage.system.events.now + ms);
    say(stage, handoffId, { type: 'pause', until, reason: 'they are on a fair' });
  });
};

const say = (stage: Stage, handoffId: string, answer: Answer) => {
  const { system, draws, onAnswer } = stage;
  const handoff = handoffOf(system, handoffId);
  if (handoff?.holder === undefined) return;
  onAnswer(`${handoffId} is answered: ${answer.type}`, `answer ${answer.type}`);
  const byPage = (answer.type === 'accept' && answer.qualification === undefined) || answer.type === 'reject';
  if (byPage && draws.chance(0.5)) return void post(stage, handoff, answer);
  const by = draws.chance(0.85)
    ? handoff.holder
    : draws.pick([handoff.manager ?? handoff.holder, handoff.previousHolders[0] ?? handoff.holder]);
  const said = {
    id: `answer-${handoffId}-${system.events.now}`,
    by,
    at: instantOf(system.events.now),
    answer,
  };
  if (draws.chance(0.3)) return void callTwice(system, handoffId, said);
  system.put({ type: 'HandoffAnswered', detail: { ...said, handoffId } });
};

/** By the link of a mail: of this assignment, or of the one before. */
const post = async (
  { system, draws }: Stage,
  { id, assignment }: Handoff,
  answer: Answer & { type: 'accept' | 'reject' },
) => {
  const claims = { handoff: id, assignment: draws.chance(0.9) ? assignment : Math.max(1, assignment - 1) };
  const query = new URLSearchParams({ t: await system.ports.tokens.seal('answer', claims) });
  const form = new URLSearchParams({
    answer: answer.type,
    ...(answer.type === 'reject' ? { reason: answer.reason } : {}),
  });
  const request = { path: '/handoffs/answer', query, form };
  if (draws.chance(0.3)) await system.ask('answer-handoff-page', { ...request, method: 'GET' });
  await tryTwice(system, 'answer-handoff-page', { ...request, method: 'POST' });
};

const follow = (stage: Stage, link: 'confirm' | 'unsubscribe', url: string, enrolment: string) => {
  const { pathname: path, searchParams: query } = new URL(url);
  const request = { method: 'POST', path, query, form: new URLSearchParams() };
  act(stage, { longestMs: DAY }, async () => {
    const answer = await tryTwice(stage.system, 'change-consent-page', request);
    if (answer?.status === 200) stage.onFollowed(link, enrolment);
  });
};
