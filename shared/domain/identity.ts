import * as v from 'valibot';
import type { LeadReference } from '../events/inbound.ts';
import { once } from './once.ts';

const nameTypes = ['user-id', 'email', 'anonymous-id'] as const;
type NameType = (typeof nameTypes)[number];

/** Which lead a name belongs to: decided once, never changed. */
export const identitySchema = once(() =>
  v.object({
    leadId: v.string(),
    /** Keys of the stronger names that came together with it, by type: others of that type are other people. */
    identifiedBy: v.optional(v.partial(v.object({ 'user-id': v.string(), email: v.string() }))),
  }),
);
export type Identity = Readonly<v.InferOutput<ReturnType<typeof identitySchema>>>;

/** A name by which producers know a lead. */
export type LeadName = Readonly<{ type: NameType; value: string }>;

/** The names of a reference, the strongest first. Addresses differ in case only by accident. */
export const namesOf = ({ userId, email, anonymousId }: LeadReference): readonly LeadName[] => [
  ...(userId === undefined ? [] : [{ type: 'user-id' as const, value: userId }]),
  ...(email === undefined ? [] : [{ type: 'email' as const, value: email.toLowerCase() }]),
  ...(anonymousId === undefined ? [] : [{ type: 'anonymous-id' as const, value: anonymousId }]),
];

/** Messages with the same strongest name are about the same lead. */
export const strongestName = (reference: LeadReference): string => {
  const [name] = namesOf(reference);
  return name === undefined ? '' : `${name.type}:${name.value}`;
};

/** A name, and the lead it is known to belong to. `key` names it without telling it. */
export type KnownName = Readonly<{ type: NameType; key: string; identity?: Identity }>;

/**
 * The name whose lead the strongest name of a reference joins, if that is not known yet: the next weaker that is known,
 * unless it belongs to somebody else. Undefined: a lead of its own.
 */
export const joinedName = ([strongest, ...weaker]: readonly KnownName[]): KnownName | undefined =>
  strongest === undefined || strongest.identity !== undefined
    ? undefined
    : weaker.find(
        (name, i) =>
          name.identity !== undefined && isSamePerson(name.identity, [strongest, ...weaker.slice(0, i)]),
      );

const isSamePerson = ({ identifiedBy }: Identity, stronger: readonly KnownName[]): boolean =>
  stronger.every(
    ({ type, key }) => type === 'anonymous-id' || [undefined, key].includes(identifiedBy?.[type]),
  );

/** What is to be kept with a name that came together with stronger ones. */
export const keysByType = (stronger: readonly KnownName[]): NonNullable<Identity['identifiedBy']> =>
  Object.fromEntries(stronger.map(({ type, key }) => [type, key]));
