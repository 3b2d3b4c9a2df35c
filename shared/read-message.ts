import * as v from 'valibot';
import type { Instant } from './domain/time.ts';
import type { EventDefinition } from './events/define-event.ts';
import type { Received } from './job.ts';
import type { Rejection } from './ports.ts';

/** Why a message can never be handled: as a rejection will say it. */
export type Refused = Readonly<Pick<Rejection, 'code' | 'reasons'>>;

/** Reads a queue's message: an EventBridge event, or a due item in the same form. */
export const readMessage = <D extends EventDefinition>(
  body: string,
  accepts: readonly D[],
  receivedAt: Instant,
): Readonly<{ message: Received<D> }> | Refused => readEvent(parseJson(body), accepts, receivedAt);

/** The same for an event whose text was parsed already. */
export const readEvent = <D extends EventDefinition>(
  event: unknown,
  accepts: readonly D[],
  receivedAt: Instant,
): Readonly<{ message: Received<D> }> | Refused => {
  if (!isEnvelope(event))
    return { code: 'invalid-json', reasons: ['no event: it needs detail-type and detail'] };
  const type = event['detail-type'];
  const definition = accepts.find((candidate) => candidate.type === type);
  if (definition === undefined) return { code: 'unknown-type', reasons: [] };
  if (definition.isUsual?.(event.detail) === true) return messageOf(type, event.detail, receivedAt);
  const read = v.safeParse(definition.schema, event.detail);
  return read.success
    ? messageOf(type, read.output, receivedAt)
    : { code: 'invalid-event', reasons: reasonsOf(read.issues) };
};

/** The definition was found by this very type, and the detail is what its own schema returns. */
const messageOf = <D extends EventDefinition>(type: string, detail: unknown, receivedAt: Instant) => ({
  message: { type, detail, receivedAt } as Received<D>,
});

type Envelope = Readonly<{ 'detail-type': string; detail: unknown }>;

const isEnvelope = (event: unknown): event is Envelope =>
  typeof event === 'object' &&
  event !== null &&
  'detail' in event &&
  'detail-type' in event &&
  typeof event['detail-type'] === 'string';

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Path and kind only: valibot's messages carry the received value. */
const reasonsOf = (issues: readonly v.BaseIssue<unknown>[]): readonly string[] =>
  issues.slice(0, 10).map((issue) => `${v.getDotPath(issue) ?? '(root)'}: ${issue.type}`);
