import { hash } from 'node:crypto';

const isRef = (id: string): boolean => id.length === 16 && /^[0-9a-f]+$/.test(id);

/**
 * The short name by which a timeline knows an engagement: 64 bits of SHA-256 of the producer's id, as 16 hexadecimal
 * digits. What is one already stays as it is, so it may be asked of either. Two engagements of one lead that share it
 * are less likely than one in a billion, also among 100,000.
 */
export const engagementRef = (id: string): string =>
  isRef(id) ? id : hash('sha256', id, 'hex').slice(0, 16);
