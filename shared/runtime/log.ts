import { Logger } from '@aws-lambda-powertools/logger';

/** What may be logged besides level, time, message and function: ids, codes and counts. Anything else is dropped. */
const allowed = new Set([
  'message',
  'level',
  'timestamp',
  'service',
  'environment',
  'function_request_id',
  'cold_start',
  'sampling_rate',
  'xray_trace_id',
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
]);

export type Log = Readonly<{
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}>;

/** Structured lines. No personal data: only fields of the allow-list leave, and of an error its name and place. */
export const createLog = (service: string): Log => {
  const logger = new Logger({
    serviceName: service,
    jsonReplacerFn: (key, value: unknown) =>
      key === '' || /^\d+$/.test(key) || allowed.has(key) ? value : undefined,
  });
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, fields = {}) => logger.error(message, { ...fields }),
  };
};

/** Of an error what helps to find it. Messages of libraries may quote their input, so they stay out. */
export const errorFields = (error: unknown): Readonly<Record<string, string>> =>
  error instanceof Error
    ? {
        errorName: error.name,
        location: /\(?([^()\s]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1] ?? 'unknown',
      }
    : { errorName: typeof error };
