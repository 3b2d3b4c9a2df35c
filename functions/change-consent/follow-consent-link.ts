import * as v from 'valibot';
import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import { confirmConsent, optOut, unknownAddress } from '../../shared/domain/consent.ts';
import { emptyMailbox } from '../../shared/domain/enrolment.ts';
import type { Mailbox, NurtureStates } from '../../shared/domain/nurture.ts';
import type { Aggregates, Change, Clock, Loaded, Tokens } from '../../shared/ports.ts';

export type FollowConsentLinkDeps = Readonly<{
  nurture: Aggregates<NurtureStates>;
  /** Sealed with the key of links to leads. */
  tokens: Tokens;
  clock: Clock;
}>;

const confirmClaims = v.object({
  lead: v.string(),
  address: v.string(),
  enrolment: v.string(),
  requested: v.string(),
});
const unsubscribeClaims = v.object({ lead: v.string(), address: v.string(), enrolment: v.string() });

export type LinkState = 'valid' | 'expired' | 'invalid';
/** `superseded`: the owner opted out after the question was put. */
export type ConfirmOutcome = 'granted' | 'superseded' | 'expired' | 'invalid';
export type UnsubscribeOutcome = 'opted-out' | 'invalid';

type Opened<C> = Readonly<{ type: 'valid'; claims: C } | { type: 'expired' | 'invalid' }>;

/**
 * What people do with the links in their mails. Each may be done again and changes nothing more. `look` never changes
 * anything: programs that check links open every one of them.
 */
export const makeFollowConsentLink = ({ nurture, tokens, clock }: FollowConsentLinkDeps) => {
  const open = async <S extends v.GenericSchema>(
    purpose: string,
    token: string,
    schema: S,
  ): Promise<Opened<v.InferOutput<S>>> => {
    const opened = await tokens.open(purpose, token);
    if (opened.type !== 'valid') return { type: opened.type };
    const claims = v.safeParse(schema, opened.claims);
    return claims.success ? { type: 'valid', claims: claims.output } : { type: 'invalid' };
  };

  return {
    async look(purpose: 'confirm' | 'unsubscribe', token: string): Promise<LinkState> {
      return (await tokens.open(purpose, token)).type;
    },

    async confirm(token: string): Promise<ConfirmOutcome> {
      const link = await open('confirm', token, confirmClaims);
      if (link.type !== 'valid') return link.type;
      const { lead, address, enrolment, requested } = link.claims;
      return decideAndCommit<NurtureStates, ConfirmOutcome>(nurture, async () => {
        const now = clock.now();
        const loaded = await nurture.load('address', address);
        const before = loaded.state ?? unknownAddress(now);
        const confirmation = { leadId: lead, enrolmentId: enrolment, requestedAt: requested };
        const { state, facts, granted } = confirmConsent(before, confirmation, now);
        const result = granted ? 'granted' : 'superseded';
        if (state === before) return { changes: [], result };
        return { changes: [changeOf('address', address, loaded, { state, facts })], result };
      });
    },

    async unsubscribe(token: string): Promise<UnsubscribeOutcome> {
      const link = await open('unsubscribe', token, unsubscribeClaims);
      if (link.type !== 'valid') return 'invalid';
      const { lead, address } = link.claims;
      return decideAndCommit<NurtureStates, UnsubscribeOutcome>(nurture, async () => {
        const now = clock.now();
        const mailbox = await mailboxOf(nurture, lead);
        const others = mailbox.loaded.state?.addresses ?? [];
        const changes: Change<keyof NurtureStates>[] = [];
        for (const id of new Set([address, ...others])) {
          const loaded = await nurture.load('address', id);
          const before = loaded.state ?? unknownAddress(now);
          const { state, facts } = optOut(before, mailbox.leadId, now);
          if (state !== before) changes.push(changeOf('address', id, loaded, { state, facts }));
        }
        // Who merges the lead meanwhile must see what was said here.
        if (changes.length > 0)
          changes.push(
            changeOf('mailbox', mailbox.leadId, mailbox.loaded, {
              state: mailbox.loaded.state ?? emptyMailbox,
            }),
          );
        return { changes, result: 'opted-out' };
      });
    },
  };
};

/** Of the lead, or of the one that it was merged into: its addresses are all of one person. */
const mailboxOf = async (
  nurture: Pick<Aggregates<NurtureStates>, 'load'>,
  named: string,
): Promise<Readonly<{ leadId: string; loaded: Loaded<Mailbox> }>> => {
  for (let leadId = named; ; ) {
    const loaded = await nurture.load('mailbox', leadId);
    if (loaded.state?.mergedInto === undefined) return { leadId, loaded };
    leadId = loaded.state.mergedInto;
  }
};

export type FollowConsentLink = ReturnType<typeof makeFollowConsentLink>;
