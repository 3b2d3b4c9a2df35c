import type { DigestEntry, NoticeStates } from '../../shared/domain/notices.ts';
import type { Aggregates } from '../../shared/ports.ts';

/** What waits to be told to a manager. */
export const readDigest = async (
  notices: Aggregates<NoticeStates>,
  manager: string,
): Promise<readonly DigestEntry[]> => (await notices.load('digest', manager)).state?.entries ?? [];
