import { pasetoTokens } from '../adapters/paseto-tokens.ts';
import type { Clock, Tokens } from '../ports.ts';

/** The real thing, with a key that everybody knows. */
export const memoryTokens = (clock: Clock): Tokens =>
  pasetoTokens(async () => ({ current: 'a key for simulations only' }), clock);
