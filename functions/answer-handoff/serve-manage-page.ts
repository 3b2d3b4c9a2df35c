import * as v from 'valibot';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import { NobodyToAskError } from '../../shared/domain/holder-calendar.ts';
import type { PageRequest, PageResponse } from '../../shared/pages/page-request.ts';
import type { Aggregates, Clock, LeadReader, PolicySource, Tokens } from '../../shared/ports.ts';
import { personReading } from './answer-reader.ts';
import type { HandoffManaged, ManageOutcome } from './manage-handoff.ts';
import { type ManagePageSubject, managePage } from './manage-page.ts';
import { plainPage } from './plain-page.ts';
import { readManageForm } from './read-manage-form.ts';

export type ServeManagePageDeps = Readonly<{
  manage: (input: HandoffManaged) => Promise<ManageOutcome>;
  aggregates: Pick<Aggregates<SalesStates>, 'load'>;
  leads: LeadReader;
  policy: PolicySource;
  /** Sealed with the key of links to staff. */
  tokens: Tokens;
  clock: Clock;
}>;

const claimsSchema = v.object({ handoff: v.string(), manager: v.string() });
type Claims = v.InferOutput<typeof claimsSchema>;

/**
 * The page behind the buttons in mails to managers. Opening it changes nothing, whoever or whatever opens it; only a
 * post acts, and only on the assignment that the page showed.
 */
export const makeServeManagePage =
  (deps: ServeManagePageDeps) =>
  async (request: PageRequest): Promise<PageResponse> => {
    if (!['GET', 'HEAD', 'POST'].includes(request.method))
      return plainPage('method', request, 405, { allow: 'GET, HEAD, POST' });
    const opened = await deps.tokens.open('manage', request.query.get('t') ?? '');
    if (opened.type === 'expired') return plainPage('expired', request, 410);
    const claims = opened.type === 'valid' ? v.safeParse(claimsSchema, opened.claims) : undefined;
    if (claims?.success !== true) return plainPage('invalid', request, 400);

    const said = request.method === 'POST' ? await act(deps, claims.output, request.form) : undefined;
    const subject = await load(deps, claims.output);
    if (subject === undefined) return plainPage('expired', request, 410);
    const { handoff, roster, policy, now } = subject;
    const reader = personReading(claims.output.manager, handoff, roster, policy, now);
    const chosen = request.form.get('action') ?? request.query.get('a') ?? '';
    return managePage(reader, {
      ...subject,
      chosen: chosen === 'give-until' ? 'until' : chosen,
      ...(said === undefined ? {} : { said }),
    });
  };

const act = async (
  { manage }: ServeManagePageDeps,
  { handoff: handoffId, manager: by }: Claims,
  form: URLSearchParams,
): Promise<ManagePageSubject['said']> => {
  const chosen = readManageForm(form);
  if (chosen === undefined) return 'nothing-chosen';
  const outcome = await manage({ handoffId, by, ...chosen });
  if (outcome.type === 'unknown') return undefined;
  return outcome.type === 'refused' ? outcome.reason : outcome.type;
};

const load = async (
  { aggregates, leads, policy: source, clock }: ServeManagePageDeps,
  { handoff: id }: Claims,
): Promise<Omit<ManagePageSubject, 'chosen'> | undefined> => {
  const now = clock.now();
  const handoff = (await aggregates.load('handoff', id)).state;
  if (handoff === undefined) return undefined;
  const published = await source.current();
  const roster = (await aggregates.load('roster', 'current')).state;
  if (roster === undefined) throw new NobodyToAskError('there is no roster');
  const loads =
    handoff.team === undefined ? undefined : (await aggregates.load('team-loads', handoff.team)).state;
  const lead = await leads.view(handoff.leadId, published, now);
  return { handoff, lead, policy: published.policy, roster, loads: loads ?? { loads: {} }, now };
};
