import * as v from 'valibot';
import type { SalesStates } from '../../shared/commit-handoff.ts';
import type { PageRequest, PageResponse } from '../../shared/pages/page-request.ts';
import type { Aggregates, Clock, LeadReader, PolicySource, Tokens } from '../../shared/ports.ts';
import { personReading } from './answer-reader.ts';
import { loadStaff } from './change-handoff.ts';
import type { HandoffManaged, ManageOutcome } from './manage-handoff.ts';
import { type ManagePageSubject, managePage } from './manage-page.ts';
import { openStaffLink } from './open-staff-link.ts';
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
    const opened = await openStaffLink(deps.tokens, 'manage', claimsSchema, request);
    if ('page' in opened) return opened.page;
    const { claims } = opened;

    const said = request.method === 'POST' ? await act(deps, claims, request.form) : undefined;
    const subject = await load(deps, claims);
    if (subject === undefined) return plainPage('expired', request, 410);
    const { handoff, roster, policy, now } = subject;
    const reader = personReading(claims.manager, handoff, roster, policy, now);
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
  const staff = await loadStaff(aggregates, handoff);
  const lead = await leads.view(handoff.leadId, published, now);
  return { handoff, lead, policy: published.policy, ...staff, now };
};
