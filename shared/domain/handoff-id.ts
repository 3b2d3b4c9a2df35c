import { hash } from 'node:crypto';

/**
 * The id of the handoff that a cause opens for a lead. All facts of one cause name the same one, and it is never opened
 * twice.
 */
export const handoffIdOf = (leadId: string, causeId: string): string =>
  `h-${hash('sha256', JSON.stringify([leadId, causeId]), 'base64url').slice(0, 22)}`;
