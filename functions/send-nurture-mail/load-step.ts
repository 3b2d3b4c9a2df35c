import { sameAddress, unknownAddress } from '../../shared/domain/consent.ts';
import { emptyMailbox } from '../../shared/domain/enrolment.ts';
import type { Handoff, HandoffStates } from '../../shared/domain/handoff.ts';
import type { LeadOutline } from '../../shared/domain/lead-view.ts';
import type { Address, Enrolment, Mailbox, NurtureStates } from '../../shared/domain/nurture.ts';
import { answererOf } from '../../shared/domain/nurture-answer.ts';
import type { StepContext } from '../../shared/domain/nurture-step.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { isMergeUnderWay } from '../../shared/leads/merge-under-way.ts';
import type { Aggregates, KeyedHash, LeadReader, Loaded, PublishedPolicy } from '../../shared/ports.ts';

type Deps = Readonly<{
  nurture: Aggregates<NurtureStates>;
  sales: Aggregates<HandoffStates>;
  leads: LeadReader;
  hash: KeyedHash;
}>;

/** What a step depends on, with the versions under which it was read. */
export type LoadedStep = Readonly<{
  context: StepContext;
  /** The lead's address itself; absent: it has none. */
  to?: string;
  /** Its keyed hash. */
  addressId?: string;
  items: Readonly<{
    enrolment: Loaded<Enrolment>;
    mailbox: Loaded<Mailbox>;
    address?: Loaded<Address>;
  }>;
}>;

/** Undefined: there is no such enrolment. All reads are strong. */
export const loadStep = async (
  { nurture, sales, leads, hash }: Deps,
  enrolmentId: string,
  published: PublishedPolicy,
  now: Instant,
): Promise<LoadedStep | undefined> => {
  const enrolment = await nurture.load('enrolment', enrolmentId);
  if (enrolment.state === undefined) return undefined;
  const { leadId } = enrolment.state;
  const mailbox = await nurture.load('mailbox', leadId);
  const lead = await leads.view(leadId, published, now);
  const to = lead?.profile.email?.value;
  const addressId = to === undefined ? undefined : await hash.of(sameAddress(to));
  const address = addressId === undefined ? undefined : await nurture.load('address', addressId);
  return {
    context: {
      enrolment: enrolment.state,
      mailbox: mailbox.state ?? emptyMailbox,
      address: address && (address.state ?? unknownAddress(now)),
      hasAddress: to !== undefined,
      isMergeUnderWay:
        lead?.leadId !== undefined && lead.leadId !== leadId
          ? true
          : await isMergeUnderWay(nurture, lead?.absorbed),
      lead,
      ...(await salesSideOf(sales, enrolment.state, lead, published, now)),
    },
    ...(to === undefined ? {} : { to }),
    ...(addressId === undefined ? {} : { addressId }),
    items: { enrolment, mailbox, ...(address === undefined ? {} : { address }) },
  };
};

const salesSideOf = async (
  sales: Deps['sales'],
  enrolment: Enrolment,
  lead: LeadOutline | undefined,
  { policy }: PublishedPolicy,
  now: Instant,
): Promise<Pick<StepContext, 'contacted' | 'answerer'>> => {
  const campaign = policy.campaigns[enrolment.campaign];
  const answers = campaign?.start.on === 'asked-to-talk';
  if (!answers && campaign?.exitOnContact !== true) return { contacted: false };
  const ofLead = (await sales.load('lead-handoffs', enrolment.leadId)).state;
  const current = await handoffOf(sales, ofLead?.current);
  const contacted = current?.contactedAt !== undefined;
  if (!answers) return { contacted };
  const { handoffId, engagementId } = enrolment.about;
  const own = await handoffOf(sales, handoffId);
  const heard = engagementId !== undefined && ofLead?.heard.includes(engagementId) === true;
  return { contacted, answerer: answererOf(enrolment, { own, current, heard }, lead, now) };
};

const handoffOf = async (sales: Deps['sales'], id: string | undefined): Promise<Handoff | undefined> =>
  id === undefined ? undefined : (await sales.load('handoff', id)).state;
