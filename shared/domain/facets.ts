import type { EngagementRecorded } from '../events/inbound.ts';
import type { Policy } from '../policy/schema.ts';
import { readProperties } from './fold/scoring-index.ts';
import type { Facet } from './timeline.ts';

export type Facets = Readonly<Record<string, Facet>>;

/** Characters that a timeline keeps of a text; rules compare these. A policy that asks for more is refused. */
export const longestFacet = 64;

const none: Facets = {};

/** The properties that a timeline keeps: the asset, and what rules of this kind read, of any of the policies. */
export const facetsOf = (
  { kind, properties }: Pick<EngagementRecorded, 'kind' | 'properties'>,
  ...policies: readonly Policy[]
): Facets => {
  if (properties === undefined) return none;
  const kept: Record<string, Facet> = {};
  for (const policy of policies)
    for (const name of readProperties(kind, policy)) {
      const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (value !== undefined) kept[name] = typeof value === 'string' ? keptText(value) : value;
    }
  return kept;
};

/** As it comes back from where it is stored, so that it is the same asset then: no half of a character is. */
const keptText = (text: string): string => {
  if (text.length <= longestFacet) return text.toWellFormed();
  const splits = (text.codePointAt(longestFacet - 1) ?? 0) > 0xffff;
  return text.slice(0, splits ? longestFacet - 1 : longestFacet).toWellFormed();
};
