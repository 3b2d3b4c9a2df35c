import type { Handoff } from '../../../shared/domain/handoff.ts';
import { DAY, epochOf, HOUR, type Instant, instantOf, MINUTE } from '../../../shared/domain/time.ts';
import type { StampedFact } from '../../../shared/events/facts.ts';
import type { Answer } from '../../../shared/events/inbound.ts';
import type { PageRequest, PageResponse } from '../../../shared/pages/page-request.ts';
import type { Draws } from '../../../shared/simulation/draws.ts';
import type { MailAttempt } from '../../../shared/simulation/faulty-mailer.ts';
import type { FaultySystem } from '../in-process/faulty-system.ts';

type Stage = Readonly<{
  system: FaultySystem;
  draws: Draws;
  /** People act until then; epoch milliseconds. */
  until: number;
  /** Hears what they say to handoffs. */
  onAnswer: (what: string, kind: string) => void;
  /** Somebody followed a link of this enrolment's mail, and was told that it is done. */
  onFollowed: (link: 'confirm' | 'unsubscribe', enrolment: string) => void;
}>;

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

/** Somebody acts after a while, or about when a deadline passes; perhaps twice. */
const act = (
  { system: { events }, draws, until }: Stage,
  { longestMs, deadline }: Readonly<{ longestMs: number; deadline?: Instant | undefined }>,
  doIt: () => unknown,
) => {
  const soon = events.now + draws.skewed(MINUTE, longestMs);
  const near =
    deadline !== undefined && draws.chance(0.5) ? epochOf(deadline) + draws.whole(-MINUTE / 2, MINUTE) : soon;
  const at = near > events.now ? near : soon;
  if (at >= until) return;
  events.at(at, doIt);
  if (draws.chance(0.15)) events.at(at + draws.skewed(0, HOUR), doIt);
};

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

/** What a manager does about a handoff that is late, or will be: by the page behind their mail, or in the CRM. */
const manage = (stage: Stage, handoffId: string) => {
  const { system, draws, onAnswer } = stage;
  if (!draws.chance(0.5)) return;
  const type = draws.pick(['take', 'give', 'give-until', 'give-until', 'pull-back'] as const);
  const ms = draws.whole(HOUR, 3 * DAY);
  const inCrm = draws.chance(0.4);
  act(stage, { longestMs: 2 * DAY }, () => {
    const handoff = handoffOf(system, handoffId);
    if (handoff?.manager === undefined) return;
    const { manager: by, assignment: current } = handoff;
    const assignment = draws.chance(0.9) ? current : Math.max(1, current - 1);
    const until = instantOf(system.events.now + ms);
    const to = draws.pick(system.roster().people.map(({ id }) => id));
    onAnswer(`${handoffId} is managed by ${by}: ${type}`, `manager ${type}`);
    if (!inCrm) return void postAsManager(stage, handoffId, by, { action: type, assignment, until, to });
    const action =
      type === 'give' ? { type, to } : type === 'give-until' ? { type, until } : { type };
    const id = `manage-${handoffId}-${system.events.now}`;
    void callTwice(system, handoffId, { id, by, assignment, answer: action });
  });
};

const postAsManager = async (
  { system, draws }: Stage,
  handoff: string,
  manager: string,
  said: Readonly<Record<string, string | number>>,
) => {
  const query = new URLSearchParams({ t: await system.ports.tokens.seal('manage', { handoff, manager }) });
  const form = new URLSearchParams(
    Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)])),
  );
  const request = { path: '/handoffs/manage', query, form };
  if (draws.chance(0.3)) await system.ask('answer-handoff-page', { ...request, method: 'GET' });
  await tryTwice(system, 'answer-handoff-page', { ...request, method: 'POST' });
};

/** The CRM says it once more, with the same id, where it gets no answer. */
const callTwice = async (system: FaultySystem, id: string, said: Readonly<Record<string, unknown>>) => {
  const call = { parameters: { id }, body: JSON.stringify(said) };
  const route = 'POST /api/handoffs/{id}/answers';
  return (
    (await system.call('answer-handoff-api', route, call)) ??
    (await system.call('answer-handoff-api', route, call))
  );
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

const tryTwice = async (
  system: FaultySystem,
  page: Parameters<FaultySystem['ask']>[0],
  request: PageRequest,
): Promise<PageResponse | undefined> =>
  (await system.ask(page, request)) ?? (await system.ask(page, request));

const handoffOf = ({ tables }: FaultySystem, id: string): Handoff | undefined =>
  // This kind has this state.
  tables.sales.items.find('handoff', id)?.state as Handoff | undefined;
