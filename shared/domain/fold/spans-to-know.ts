import type { Policy } from '../../policy/schema.ts';
import { HOUR } from '../time.ts';
import type { Span, TimelineEntry } from '../timeline.ts';
import { admitInto } from './admit.ts';
import { scoringIndex } from './scoring-index.ts';
import type { Tally } from './tally.ts';
import { draftOf } from './tally-draft.ts';
import { offsetAt } from './zone-offset.ts';

const nothing: readonly Span[] = [];

/**
 * When those happened that must be known to admit these engagements one after the other, given in order: nothing, unless
 * one comes late and a rule or a pattern must be told what else there was at its time. In order, without overlaps.
 */
export const spansToKnow = (
  tally: Tally,
  entries: readonly TimelineEntry[],
  policy: Policy,
): readonly Span[] => {
  const index = scoringIndex(policy);
  if (allFollow(tally, entries, index.zone)) return nothing;
  const spans: Span[] = [];
  // Whatever is not known, no less is asked for: a pattern stays open, or paid at the later time.
  const draft = draftOf(tally, index);
  const ask = (span: Span) => {
    spans.push(span);
    return [];
  };
  for (const entry of entries) admitInto(draft, entry, ask, index);
  return united(spans);
};

/** Each is later than all before it, by the clock on the wall too. */
const allFollow = ({ ref }: Tally, entries: readonly TimelineEntry[], zone: string): boolean => {
  let before = ref;
  for (const { at } of entries) {
    if (at <= before || wasSetBack(at, zone)) return false;
    before = at;
  }
  return true;
};

/** Where clocks are set back over midnight, a day comes twice. */
const wasSetBack = (at: number, zone: string): boolean => offsetAt(at, zone) < offsetAt(at - 26 * HOUR, zone);

const united = (spans: readonly Span[]): readonly Span[] => {
  const all: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last === undefined || span.from > last.until) all.push(span);
    else all[all.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
  }
  return all;
};
