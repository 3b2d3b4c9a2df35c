import { readProperties } from '../../../shared/domain/fold/scoring-index.ts';
import type { TimelineEntry } from '../../../shared/domain/timeline.ts';
import type { Policy } from '../../../shared/policy/schema.ts';

/**
 * A property that rules read, and that older engagements of a kind have not: they came before any rule read it, or
 * without it. Nobody can tell which, for a timeline keeps what was read when it came.
 */
export type UnkeptProperty = Readonly<{
  property: string;
  kind: string;
  /** Numbers of the rules. */
  rules: readonly number[];
  engagements: number;
}>;

/** `timeline` is in order; only what counts is asked about. */
export const unkeptProperties = (
  timeline: readonly TimelineEntry[],
  policy: Policy,
): readonly UnkeptProperty[] =>
  [...Map.groupBy(timeline, ({ kind }) => kind)].flatMap(([kind, entries]) =>
    [...readProperties(kind, policy)].flatMap((property): readonly UnkeptProperty[] => {
      if (property === 'asset') return [];
      const first = entries.findIndex(({ facets }) => facets?.[property] !== undefined);
      const engagements = first === -1 ? entries.length : first;
      if (engagements === 0) return [];
      const reading = policy.scoring.rules.filter(
        (rule) => rule.kind.includes(kind) && rule.when.some((condition) => condition.property === property),
      );
      return [{ property, kind, rules: reading.map(({ number }) => number), engagements }];
    }),
  );

export const unkeptSentence = ({ property, kind, rules, engagements }: UnkeptProperty): string =>
  `${rules.length === 1 ? 'Rule' : 'Rules'} ${rules.join(', ')} read${rules.length === 1 ? 's' : ''} ${property} of ${kind}, and ${engagements} older ${engagements === 1 ? 'engagement has' : 'engagements have'} none: a timeline keeps what was read when it came.`;
