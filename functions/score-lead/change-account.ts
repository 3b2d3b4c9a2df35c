import { changeOf, decideAndCommit } from '../../shared/commit.ts';
import type { Account } from '../../shared/domain/account.ts';
import type { AccountChanged } from '../../shared/events/inbound.ts';
import type { LeadRecords } from '../../shared/ports.ts';

/** What the CRM says of a company; what is older than what is known changes nothing. */
export const makeChangeAccount =
  ({ records }: Readonly<{ records: LeadRecords }>) =>
  (change: AccountChanged): Promise<'saved' | 'unchanged'> =>
    decideAndCommit(records, async () => {
      const { domain, status, owner, openDeal, at } = change;
      const loaded = await records.load('account', domain);
      const state: Account = { status, openDeal, at, ...(owner === undefined ? {} : { owner }) };
      return loaded.state !== undefined && !replaces(state, loaded.state)
        ? { changes: [], result: 'unchanged' }
        : { changes: [changeOf('account', domain, loaded, { state })], result: 'saved' };
    });

/** Two of the same moment: the same one stays, whichever came first. */
const replaces = (next: Account, known: Account): boolean =>
  next.at > known.at || (next.at === known.at && orderOf(next) > orderOf(known));

const orderOf = ({ status, owner, openDeal }: Account): string => JSON.stringify([status, owner, openDeal]);
