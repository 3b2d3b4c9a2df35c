import * as v from 'valibot';
import { factDefinitions, type StampedFact } from './facts.ts';

/** A stored fact that is none: only a faulty release writes one. Its text is not quoted. */
export class UnreadableFactError extends Error {
  override readonly name = 'UnreadableFactError';
}

const typeSchema = v.object({ type: v.string() });

const readOne = (stored: unknown): StampedFact => {
  const named = v.safeParse(typeSchema, stored);
  const definition = named.success && factDefinitions.find(({ type }) => type === named.output.type);
  if (!definition) throw new UnreadableFactError('no fact of a known type');
  const detail = v.safeParse(definition.schema, stored);
  if (!detail.success) throw new UnreadableFactError(`${definition.type} does not fit its schema`);
  // The definition was found by this very type, and its own schema made the detail.
  return { type: definition.type, ...detail.output } as StampedFact;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableFactError('no JSON');
  }
};

/**
 * One fact that was stored as text.
 * @throws UnreadableFactError
 */
export const readFact = (text: string): StampedFact => readOne(parse(text));

/**
 * The facts of one write, as its outbox holds them.
 * @throws UnreadableFactError if a single one of them cannot be read: none is to be passed over.
 */
export const readFacts = (text: string): readonly StampedFact[] => {
  const stored = parse(text);
  if (!Array.isArray(stored)) throw new UnreadableFactError('no list of facts');
  return stored.map(readOne);
};

/** A fact as a queue delivered it: its type beside its detail. */
export const factOf = <M extends Readonly<{ type: StampedFact['type']; detail: object }>>({
  type,
  detail,
}: M): Extract<StampedFact, { type: M['type'] }> =>
  // The worker has parsed the detail with the schema of this very type.
  ({ type, ...detail }) as Extract<StampedFact, { type: M['type'] }>;
