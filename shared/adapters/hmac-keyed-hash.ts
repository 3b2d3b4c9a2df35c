import { createHmac } from 'node:crypto';
import type { KeyedHash } from '../ports.ts';

/** 132 bits: far from any collision, and short enough for keys of items. */
const length = 22;

/** HMAC-SHA-256 with the environment's key, shortened; only `A-Z a-z 0-9 _ -`. */
export const hmacKeyedHash = (secret: () => Promise<string>): KeyedHash => ({
  of: async (value) =>
    createHmac('sha256', await secret())
      .update(value)
      .digest('base64url')
      .slice(0, length),
});
