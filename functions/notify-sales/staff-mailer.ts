import { answerDueAt, type Handoff } from '../../shared/domain/handoff.ts';
import type { StaffText } from '../../shared/domain/notice.ts';
import { type Person, personOf, type Roster } from '../../shared/domain/roster.ts';
import {
  type AnswerLinks,
  type ManageLinks,
  type StaffMailSubject,
  staffMailVariables,
} from '../../shared/domain/staff-mail.ts';
import { DAY, type Instant, later } from '../../shared/domain/time.ts';
import { type MailVariables, renderMail } from '../../shared/emails/render-mail.ts';
import type {
  Clock,
  LeadEvidenceReader,
  Mailer,
  PolicySource,
  SendOutcome,
  Tokens,
} from '../../shared/ports.ts';

/** A link is good for so long after the deadline: late is better than never. */
const linkLivesMs = 14 * DAY;

export type StaffMailerDeps = Readonly<{
  leads: LeadEvidenceReader;
  policy: PolicySource;
  mailer: Mailer;
  /** Sealed with the key of staff links. */
  tokens: Tokens;
  publicBaseUrl: string;
  clock: Clock;
}>;

/** A mail that SES did not take, or may not have taken: alerts are sent again rather than never. */
export class StaffMailError extends Error {
  override readonly name = 'StaffMailError';
}

type About = Omit<StaffMailSubject, 'view'>;
type To = Readonly<{ to: Person; roster: Roster }>;

/** Writes to people in sales, in their language, on the stream that nothing pauses. */
export const makeStaffMailer = (deps: StaffMailerDeps) => {
  const send = async (to: Person, text: StaffText, variables: MailVariables, replyTo?: string) => {
    const { policy } = await deps.policy.current();
    const compiled = policy.texts[text]?.[to.locale];
    if (compiled === undefined) throw new StaffMailError(`the policy has no text ${text}`);
    const outcome = await deps.mailer.send({
      stream: 'internal',
      to: to.email,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...renderMail(compiled, variables),
      tags: { text },
    });
    if (outcome.type !== 'sent' && !isForbiddenHere(outcome))
      throw new StaffMailError(`${text}: ${outcome.type}`);
  };

  const variablesOf = async (text: StaffText, about: About, { to, roster }: To) => {
    const published = await deps.policy.current();
    const now = deps.clock.now();
    const view = await deps.leads.view(about.leadId, published, now);
    const links = {
      answer: await answerLinks(deps, text, about),
      manage: await manageLinks(deps, text, about, to),
    };
    return staffMailVariables({ ...about, view }, { to, roster, policy: published.policy, now }, links);
  };

  return {
    /** About one lead; with links to answer or to step in as long as its handoff waits for that. */
    async one(text: StaffText, about: About, people: To): Promise<void> {
      const variables = await variablesOf(text, about, people);
      const holder = variables.holder.email;
      // Whoever reads that somebody is late answers that person.
      const toHolder = text === 'handoff-breached' || text === 'handoff-escalated';
      await send(people.to, text, variables, toHolder && holder !== null ? holder : undefined);
    },
    /** About several late ones; `more`: how many others there are, by holder. */
    async digest(
      abouts: readonly About[],
      more: Readonly<Record<string, number>>,
      people: To,
    ): Promise<void> {
      const entries: MailVariables[] = [];
      for (const about of abouts) entries.push(await variablesOf('handoff-digest', about, people));
      const others = Object.entries(more)
        .sort(([, a], [, b]) => b - a)
        .map(([holder, count]) => ({ holder: personOf(people.roster, holder)?.name ?? holder, count }));
      await send(people.to, 'handoff-digest', {
        recipient: { name: people.to.name },
        count: others.reduce((sum, { count }) => sum + count, entries.length),
        entries,
        others,
      });
    },
  };
};

/** The environment writes to listed people only: not writing to others is what it is to do. */
const isForbiddenHere = (outcome: SendOutcome): boolean =>
  outcome.type === 'refused' && outcome.code === 'not-on-allow-list';

const withAnswerLinks: ReadonlySet<StaffText> = new Set(['handoff-offered', 'handoff-reminder']);
const withManageLinks: ReadonlySet<StaffText> = new Set([
  'handoff-breached',
  'handoff-escalated',
  'handoff-digest',
]);

const answerLinks = async (
  { tokens, publicBaseUrl, clock }: StaffMailerDeps,
  text: StaffText,
  { handoff }: About,
): Promise<AnswerLinks | undefined> => {
  if (handoff === undefined || handoff.status === 'closed' || !withAnswerLinks.has(text)) return undefined;
  const claims = { handoff: handoff.id, assignment: handoff.assignment };
  const token = await tokens.seal('answer', claims, later(lastDeadline(handoff, clock.now()), linkLivesMs));
  const page = `${publicBaseUrl}/handoffs/answer?t=${encodeURIComponent(token)}`;
  return handoff.status === 'open'
    ? { page, accept: `${page}&a=accept`, reject: `${page}&a=reject` }
    : { page };
};

/** Made for this manager and this handoff, whoever holds it when they are used. */
const manageLinks = async (
  { tokens, publicBaseUrl, clock }: StaffMailerDeps,
  text: StaffText,
  { handoff }: About,
  { id: manager }: Person,
): Promise<ManageLinks | undefined> => {
  if (handoff?.status !== 'open' || !withManageLinks.has(text)) return undefined;
  const claims = { handoff: handoff.id, manager };
  const token = await tokens.seal('manage', claims, later(lastDeadline(handoff, clock.now()), linkLivesMs));
  const link = (action: string) =>
    `${publicBaseUrl}/handoffs/manage?t=${encodeURIComponent(token)}&a=${action}`;
  return {
    give: link('give'),
    take: link('take'),
    until: link('until'),
    pullBack: handoff.asked === undefined ? link('pull-back') : null,
  };
};

const lastDeadline = (handoff: Handoff, now: Instant): Instant => {
  const dueAt = answerDueAt(handoff) ?? now;
  return dueAt > now ? dueAt : now;
};
