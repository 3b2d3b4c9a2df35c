import { leadZone } from '../../shared/domain/mail-window.ts';
import { promisedTime } from '../../shared/domain/promised-time.ts';
import { type Person, personOf, type RosterStates } from '../../shared/domain/roster.ts';
import { salutationOf } from '../../shared/domain/salutation.ts';
import { DAY, later } from '../../shared/domain/time.ts';
import type { LeadMailVariables } from '../../shared/emails/lead-mail-variables.ts';
import { type RenderedMail, renderMail } from '../../shared/emails/render-mail.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type { Aggregates, Clock, Mail, Tokens } from '../../shared/ports.ts';
import type { LoadedStep } from './load-step.ts';

export type ComposeMailDeps = Readonly<{
  sales: Aggregates<RosterStates>;
  tokens: Tokens;
  publicBaseUrl: string;
  clock: Clock;
}>;

const confirmLinkLivesMs = 30 * DAY;

/**
 * The mail of an enrolment's current step, whole. Undefined: its text cannot be rendered, and never will be.
 * Marketing carries the headers by which a mailbox unsubscribes with one click (RFC 8058).
 */
export const composeMail = async (
  deps: ComposeMailDeps,
  { context, to, addressId }: LoadedStep,
  policy: Policy,
): Promise<Mail | undefined> => {
  const { enrolment, lead, answerer } = context;
  const campaign = policy.campaigns[enrolment.campaign];
  const step = campaign?.steps[enrolment.step];
  if (campaign === undefined || step === undefined || lead === undefined) return undefined;
  if (to === undefined || addressId === undefined) return undefined;
  const { locale } = lead;
  const rep = await repOf(deps.sales, answerer?.type === 'ready' ? answerer.rep : undefined);
  const unsubscribeUrl =
    campaign.stream === 'marketing'
      ? await linkOf(deps, 'unsubscribe', {
          lead: enrolment.leadId,
          address: addressId,
          enrolment: enrolment.id,
        })
      : null;
  const variables: LeadMailVariables = {
    salutation: salutationOf(lead.profile, locale),
    repName: rep?.name ?? null,
    promisedTime: promiseOf({ context, policy }),
    confirmUrl:
      campaign.start.on === 'consent-requested' ? await confirmUrlOf(deps, { context, addressId }) : null,
    unsubscribeUrl,
    companyName: policy.mail.company.name,
    companyParticulars: policy.mail.company.particulars[locale],
  };
  const text = policy.texts[step.send]?.[locale];
  const rendered = text && rendering(() => renderMail(text, variables));
  if (rendered === undefined) return undefined;
  return {
    stream: campaign.stream,
    to,
    ...(rep === undefined ? {} : { replyTo: rep.email }),
    ...rendered,
    ...(unsubscribeUrl === null
      ? {}
      : {
          headers: {
            'List-Unsubscribe': `<${unsubscribeUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
        }),
    tags: { campaign: enrolment.campaign, text: step.send, enrolment: enrolment.id },
  };
};

const repOf = async (sales: ComposeMailDeps['sales'], id: string | undefined): Promise<Person | undefined> =>
  id === undefined ? undefined : personOf((await sales.load('roster', 'current')).state ?? nobody, id);

const nobody = { people: [], teams: [] };

const promiseOf = ({
  context: { lead, answerer },
  policy,
}: Readonly<{ context: LoadedStep['context']; policy: Policy }>): string | null => {
  if (lead === undefined || answerer?.type !== 'ready' || answerer.promise === undefined) return null;
  const zone = leadZone({ timeZone: lead.profile.timeZone?.value, country: lead.country }, policy);
  return promisedTime(answerer.promise.at, lead.locale, zone, answerer.promise.toTheMinute);
};

const confirmUrlOf = (
  deps: ComposeMailDeps,
  {
    context: { enrolment, address },
    addressId,
  }: Readonly<{ context: LoadedStep['context']; addressId: string }>,
): Promise<string> =>
  linkOf(
    deps,
    'confirm',
    {
      lead: enrolment.leadId,
      address: addressId,
      enrolment: enrolment.id,
      requested: address?.requestedAt ?? enrolment.enrolledAt,
    },
    later(deps.clock.now(), confirmLinkLivesMs),
  );

const paths = { confirm: '/consent/confirm', unsubscribe: '/unsubscribe' } as const;

const linkOf = async (
  { tokens, publicBaseUrl }: ComposeMailDeps,
  purpose: keyof typeof paths,
  claims: Readonly<Record<string, string>>,
  expiresAt?: string,
): Promise<string> =>
  `${publicBaseUrl}${paths[purpose]}?t=${encodeURIComponent(await tokens.seal(purpose, claims, expiresAt))}`;

/** A text that does not render now will not do so later: the campaign goes on without it. */
const rendering = (render: () => RenderedMail): RenderedMail | undefined => {
  try {
    return render();
  } catch {
    return undefined;
  }
};
