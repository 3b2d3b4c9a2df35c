import { personalContacts } from '../../shared/domain/contact-kinds.ts';
import { type Instant, instantOf } from '../../shared/domain/time.ts';
import { startOfDay } from '../../shared/domain/zoned-time.ts';
import type { Answer } from '../../shared/events/inbound.ts';
import { readStatement } from './qualification-form.ts';

const longestNote = 1000;

/** The fields of a reason stand beside it and bear its name: without scripts, all of them are sent. */
export const fieldOf = (field: 'until' | 'note', reason: string): string => `${field}-${reason}`;

/** What was posted, a day as its beginning in the reader's zone. Undefined: nothing was chosen. */
export const readAnswerForm = (form: URLSearchParams, zone: string): Answer | undefined => {
  if (form.get('answer') === 'accept') return { type: 'accept', qualification: readStatement(form) };
  if (form.get('answer') === 'qualify') return { type: 'qualify', qualification: readStatement(form) };
  if (form.get('answer') === 'contact') {
    const how = personalContacts.find((kind) => kind === form.get('how'));
    return how === undefined ? undefined : { type: 'contact', how };
  }
  if (form.get('answer') === 'pause') return readPause(form);
  const reason = form.get('reason');
  if (form.get('answer') !== 'reject' || reason === null) return undefined;
  const until = dayOf(form.get(fieldOf('until', reason)), zone);
  const note = form.get(fieldOf('note', reason))?.trim().slice(0, longestNote);
  return {
    type: 'reject',
    reason,
    ...(until === undefined ? {} : { until }),
    ...(note === undefined || note === '' ? {} : { note }),
  };
};

const longestReason = 500;

/** One of the instants that the page offered; without a reason the answer itself says that one is needed. */
const readPause = (form: URLSearchParams): Answer | undefined => {
  const until = form.get('until') ?? '';
  const epochMs = Date.parse(until);
  if (Number.isNaN(epochMs) || instantOf(epochMs) !== until) return undefined;
  return { type: 'pause', until, reason: (form.get('why') ?? '').trim().slice(0, longestReason) };
};

const dayOf = (text: string | null, zone: string): Instant | undefined => {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const epochMs = Date.parse(`${text}T00:00:00.000Z`);
  // 30 February is read as a day in March.
  if (Number.isNaN(epochMs) || !instantOf(epochMs).startsWith(text)) return undefined;
  return startOfDay(zone, text);
};
