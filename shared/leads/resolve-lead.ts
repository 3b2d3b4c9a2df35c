import { ContentionError } from '../commit.ts';
import {
  type Identity,
  joinedName,
  type KnownName,
  keysByType,
  type LeadName,
  namesOf,
} from '../domain/identity.ts';
import type { LeadReference } from '../events/inbound.ts';
import type { KeyedHash, LeadRecords } from '../ports.ts';

type Deps = Readonly<{ records: LeadRecords; keyedHash: KeyedHash }>;

type Name = KnownName & Readonly<{ hash: string; version: number }>;

const maxAttempts = 8;

/**
 * Which lead a producer's reference means. The strongest name decides; one that was never seen joins the lead of the
 * next weaker name, or begins a lead. Names are recorded before anything else is, the strongest last: from then on the
 * answer never changes, and a stop in between is taken up where it was left.
 * What is known at first may be stale, which is half as dear: whatever follows of it is saved on what it was, or not at all.
 * @throws ContentionError after eight lost races.
 */
export const makeResolveLead =
  ({ records, keyedHash }: Deps) =>
  async (reference: LeadReference): Promise<string> => {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const names = await Promise.all(
        namesOf(reference).map((name) => look(records, keyedHash, name, attempt === 1 ? 'stale' : undefined)),
      );
      const leadId = await decide(records, names);
      if (leadId !== undefined) return leadId;
      await records.pause(attempt);
    }
    throw new ContentionError(`gave up after ${maxAttempts} conflicts`);
  };

const look = async (
  records: LeadRecords,
  keyedHash: KeyedHash,
  { type, value }: LeadName,
  freshness: 'stale' | undefined,
): Promise<Name> => {
  const hash = await keyedHash.of(`${type}:${value}`);
  const key = `${type}#${hash}`;
  const { state, version } = await records.load('identity', key, freshness);
  return { type, key, hash, version, ...(state === undefined ? {} : { identity: state }) };
};

/** Undefined: somebody else decided at the same time. */
const decide = async (records: LeadRecords, names: readonly Name[]): Promise<string | undefined> => {
  const [strongest] = names;
  if (strongest === undefined) throw new TypeError('a lead without a name');
  const joined = joinedName(names);
  // Begins with a letter, so that no command line takes it for an option.
  const leadId = (strongest.identity ?? joined?.identity)?.leadId ?? `l${strongest.hash}`;
  for (const [i, name] of [...names.entries()].reverse()) {
    const before = name.identity;
    if (before !== undefined && name.key !== joined?.key) continue;
    const identifiedBy = { ...before?.identifiedBy, ...keysByType(names.slice(0, i)) };
    const after: Identity = i === 0 ? { leadId } : { leadId, identifiedBy };
    if (!isKnown(before, after) && !(await record(records, name, after))) return undefined;
  }
  return leadId;
};

const isKnown = (before: Identity | undefined, { identifiedBy }: Identity): boolean =>
  before !== undefined &&
  before.identifiedBy?.email === identifiedBy?.email &&
  before.identifiedBy?.['user-id'] === identifiedBy?.['user-id'];

const record = async (records: LeadRecords, { key, version }: Name, state: Identity): Promise<boolean> =>
  (await records.commit([{ kind: 'identity', id: key, version, state, facts: [] }])) === 'saved';
