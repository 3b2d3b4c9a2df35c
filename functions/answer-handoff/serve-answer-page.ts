import * as v from 'valibot';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import { NobodyToAskError } from '../../shared/domain/holder-calendar.ts';
import type { PageRequest, PageResponse } from '../../shared/pages/page-request.ts';
import type { Aggregates, Clock, LeadReader, PolicySource, Tokens } from '../../shared/ports.ts';
import type { AnswerOutcome, HandoffAnswer } from './answer-handoff.ts';
import { answerPage } from './answer-page.ts';
import { type Reader, readerOf } from './answer-reader.ts';
import type { AnswerPageSubject } from './answer-subject.ts';
import { contactCommand } from './contact-form.ts';
import { openStaffLink } from './open-staff-link.ts';
import { plainPage } from './plain-page.ts';
import { readAnswerForm } from './read-answer-form.ts';

export type ServeAnswerPageDeps = Readonly<{
  answer: (input: HandoffAnswer) => Promise<AnswerOutcome>;
  aggregates: Pick<Aggregates<SalesStates>, 'load'>;
  leads: LeadReader;
  policy: PolicySource;
  /** Sealed with the key of links to staff. */
  tokens: Tokens;
  clock: Clock;
}>;

const claimsSchema = v.object({ handoff: v.string(), assignment: v.number() });
type Claims = v.InferOutput<typeof claimsSchema>;

/**
 * The page behind the links in mails to reps. Opening it changes nothing, whoever or whatever opens it; only a post
 * acts, and posting again says what happened. Who answers, and to what, stands in the link's token and nowhere else.
 */
export const makeServeAnswerPage =
  (deps: ServeAnswerPageDeps) =>
  async (request: Omit<PageRequest, 'path'>): Promise<PageResponse> => {
    const opened = await openStaffLink(deps.tokens, 'answer', claimsSchema, request);
    if ('page' in opened) return opened.page;
    const { claims } = opened;

    const scene = await load(deps, claims);
    if (scene === undefined) return plainPage('expired', request, 410);
    const { reader } = scene;
    const rejecting = request.query.get('a') === 'reject';
    const subject = { ...scene.subject, rejecting };
    return answerPage(
      reader,
      request.method === 'POST' ? await act(deps, claims, reader, subject, request.form) : subject,
    );
  };

const load = async (
  { aggregates, leads, policy: source, clock }: ServeAnswerPageDeps,
  { handoff: id, assignment }: Claims,
): Promise<Readonly<{ reader: Reader; subject: Omit<AnswerPageSubject, 'rejecting'> }> | undefined> => {
  const now = clock.now();
  const handoff = (await aggregates.load('handoff', id)).state;
  if (handoff === undefined) return undefined;
  const published = await source.current();
  const { policy } = published;
  const roster = (await aggregates.load('roster', 'current')).state;
  if (roster === undefined) throw new NobodyToAskError('there is no roster');
  const reader = readerOf(handoff, assignment, roster, policy, now);
  if (reader === undefined) return undefined;
  const lead = await leads.view(handoff.leadId, published, now);
  return { reader, subject: { handoff, assignment, lead, policy, roster, now } };
};

const act = async (
  { answer }: ServeAnswerPageDeps,
  { handoff: handoffId, assignment }: Claims,
  reader: Reader,
  subject: AnswerPageSubject,
  form: URLSearchParams,
): Promise<AnswerPageSubject> => {
  const said = readAnswerForm(form, reader.zone);
  if (said === undefined) return { ...subject, posted: { form, said: 'no-answer', passedOn: false } };
  const outcome = await answer({
    handoffId,
    by: reader.id,
    assignment,
    answer: said,
    ...(said.type === 'contact' ? { commandId: contactCommand(form, assignment) } : {}),
  });
  if (outcome.type === 'unknown') return subject;
  const passedOn = outcome.type === 'done' && outcome.handoff.assignment !== assignment;
  return {
    ...subject,
    handoff: outcome.handoff,
    posted: { form, said: outcome.type === 'refused' ? outcome.reason : outcome.type, passedOn },
  };
};
