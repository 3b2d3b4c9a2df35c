import { disposableEmailBlocklist } from 'disposable-email-domains-js';
import providers from 'email-providers/all.json' with { type: 'json' };
import { domainListOf } from '../domain/domain-list.ts';
import type { Policy } from './schema.ts';

/** In lower case. */
export const domainPattern = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** `web.de`: anybody gets a mailbox there. `not bt.com`: whatever libraries say, it is a company. */
export const freeMailPattern = /^(not )?[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/**
 * Where anybody gets a mailbox: what libraries know, corrected by `said` (as {@link freeMailPattern}, of two about the same
 * domain the later). For publishing: functions read the lists in the policy.
 */
export const mailboxLists = (said: readonly string[]): Pick<Policy['domains'], 'free' | 'disposable'> => {
  const isFree = new Map(said.map((entry) => [entry.replace(/^not /, ''), !entry.startsWith('not ')]));
  const disposable = new Set(disposableEmailBlocklist().filter((domain) => !isFree.has(domain)));
  // The library of free mailboxes names a third of the disposable ones too.
  const known = providers.filter((domain) => domainPattern.test(domain) && !disposable.has(domain));
  const free = [...known, ...isFree.keys()].filter((domain) => isFree.get(domain) ?? true);
  return { free: domainListOf(free), disposable: domainListOf(disposable) };
};
