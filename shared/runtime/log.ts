/** What may be logged besides level, time, message and function: ids, codes and counts. Anything else is dropped. */
const allowed = [
  'code',
  'reasons',
  'messageId',
  'type',
  'count',
  'leadId',
  'handoffId',
  'enrolmentId',
  'factId',
  'outcome',
  'errorName',
  'location',
] as const;
type Field = (typeof allowed)[number];
type Fields = Readonly<Partial<Record<Field, string | number | readonly string[]>>>;

export type Log = Readonly<{
  error(message: string, fields?: Fields): void;
}>;

/** One line of JSON each. No personal data: messages are constants, and only fields of the allow-list leave. */
export const createLog = (service: string): Log => ({
  error(message, fields = {}) {
    const kept = Object.fromEntries(allowed.map((name) => [name, fields[name]]));
    const line = { level: 'ERROR', message, service, timestamp: new Date().toISOString(), ...kept };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  },
});

/**
 * Of an error what helps to find it: its name and place, and those of what caused it. Messages of libraries may quote
 * their input, so they stay out.
 */
export const errorFields = (error: unknown): Fields => {
  const { name, location } = placeOf(error);
  const causes = error instanceof AggregateError ? error.errors : [];
  const reasons = causes.slice(0, 10).map((cause) => {
    const place = placeOf(cause);
    return `${place.name} at ${place.location}`;
  });
  return { errorName: name, location, ...(reasons.length === 0 ? {} : { reasons }) };
};

const placeOf = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, location: /\(?([^()\s]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1] ?? 'unknown' }
    : { name: typeof error, location: 'unknown' };
