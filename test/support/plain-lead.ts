import { NumberedList } from '../../shared/domain/fold/by-number.ts';
import type { Tally } from '../../shared/domain/fold/tally.ts';
import type { Lead } from '../../shared/domain/lead.ts';
import { withEntries } from '../../shared/domain/timeline.ts';
import type { LeadHead } from '../../shared/leads/log/lead-items.ts';

/** The same in memory, wherever its lists came from: to be compared. */
export const plainTally = (tally: Tally): Tally => ({
  ...tally,
  periods: new NumberedList(tally.periods.all),
  assets: new NumberedList(tally.assets.all),
  patterns: new NumberedList(tally.patterns.all),
});

export const plainLead = (lead: Lead): Lead => ({ ...lead, tally: plainTally(lead.tally) });

/** A head with all that it has of the timeline, however it came there. */
export const plainHead = ({ lead, log, fresh = [] }: Pick<LeadHead, 'lead' | 'log'> & Partial<LeadHead>) => ({
  lead: plainLead(lead),
  recent: withEntries(log.recent.all(), fresh),
  watermark: log.watermark,
  frozen: new Set([...log.frozen].sort()),
});
