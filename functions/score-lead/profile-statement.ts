import type { ProfileStatement } from '../../shared/domain/change-profile.ts';
import type { HistoryMessage } from './score-lead.ts';

/**
 * What a message says about the person; nothing, if it names no address and no traits. A time ahead of the receipt
 * counts as the receipt: a trait from the future could never be replaced.
 */
export const profileStatement = ({
  type,
  detail,
  receivedAt,
}: HistoryMessage): readonly ProfileStatement[] => {
  const { email } = detail.lead;
  const traits = type === 'ProfileChanged' ? detail.traits : undefined;
  if (email === undefined && traits === undefined) return [];
  const occurredAt = (type === 'DealChanged' ? detail.at : detail.occurredAt) ?? receivedAt;
  return [
    {
      at: occurredAt < receivedAt ? occurredAt : receivedAt,
      ...(email === undefined ? {} : { email }),
      ...(traits === undefined ? {} : { traits }),
      passing: type !== 'ProfileChanged',
    },
  ];
};
