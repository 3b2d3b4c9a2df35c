import { setTimeout } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';

const conflictCodes = new Set(['ConditionalCheckFailed', 'TransactionConflict', 'None']);

/** Somebody else wrote first, and that is all that is wrong: it may be decided again. */
export const isConflict = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException ||
  error instanceof TransactionConflictException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).every(({ Code }) => Code !== undefined && conflictCodes.has(Code)));

/** Full jitter: writers that met once do not meet again. At most a second. */
export const jitteredPause = (attempt: number): Promise<void> =>
  setTimeout(Math.random() * Math.min(1000, 20 * 2 ** attempt));
