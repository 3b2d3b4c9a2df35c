import type { Tokens } from '../ports.ts';

/**
 * Tokens for runs in which nobody follows a link: they are as long as their claims, and seal nothing. They open as
 * nothing, so that nobody takes them for the real ones.
 */
export const plainTokens: Tokens = {
  seal: async (purpose, claims) => `${purpose}.${JSON.stringify(claims)}`,
  open: async () => ({ type: 'invalid' }),
};
