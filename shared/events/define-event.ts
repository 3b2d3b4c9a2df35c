import * as v from 'valibot';
import { once } from '../domain/once.ts';

/** What crosses a bus or queue under one name: the `detail-type`, and the schema of its `detail`. */
export type EventDefinition<
  T extends string = string,
  S extends v.GenericSchema = v.GenericSchema,
> = Readonly<{
  type: T;
  schema: S;
  /** A quick look: the schema would return this very detail as it is. If not, only the schema knows. */
  isUsual?: (detail: unknown) => boolean;
}>;

/** The detail of an event, as its schema returns it. */
export type EventOf<D extends EventDefinition> = v.InferOutput<D['schema']>;

/**
 * `makeSchema` is asked once the schema is: a cold start has no time for schemas that most messages do without. A bundle
 * leaves a definition out that nobody uses, for it is told here that making one does nothing else.
 * @__NO_SIDE_EFFECTS__
 */
export function defineEvent<const T extends string, S extends v.GenericSchema>(
  type: T,
  makeSchema: () => S,
  isUsual?: (detail: unknown) => boolean,
): EventDefinition<T, S> {
  const schema = once(makeSchema);
  return {
    type,
    get schema() {
      return schema();
    },
    ...(isUsual === undefined ? {} : { isUsual }),
  };
}

export const idPattern = /^[\x21-\x7e]{1,200}$/;

/** An opaque id from outside: bounded, and without white space or control characters. */
export const idSchema = v.pipe(v.string(), v.regex(idPattern));

/** Free text from outside, bounded. @__NO_SIDE_EFFECTS__ */
export function text(maximum: number) {
  return v.pipe(v.string(), v.maxLength(maximum));
}

/** An ISO 8601 timestamp with its offset, made an instant. Refuses dates that do not exist (30 February). */
export const instantSchema = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((value) => existsInCalendar(value), 'no such date'),
  v.transform((value) => (isInstant(value) ? value : new Date(value).toISOString())),
);

/** Of timestamps those that are written as an instant is. */
const isInstant = (timestamp: string): boolean =>
  timestamp.length === 24 && timestamp[10] === 'T' && timestamp[19] === '.' && timestamp[23] === 'Z';

const existsInCalendar = (value: string): boolean => {
  // Every month has these; nearly all dates are among them. Hours and minutes were looked at, but for those of an offset.
  if (value.slice(8, 10) <= '28') return isInstant(value) || !Number.isNaN(Date.parse(value));
  const [year, month, day] = value.slice(0, 10).split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && !Number.isNaN(Date.parse(value));
};
