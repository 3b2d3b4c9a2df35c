import type { Campaign } from '../policy/schema.ts';
import type { LeadOutline } from './lead-view.ts';
import type { Stage } from './stage.ts';

/** Whoever buys gets nothing from marketing, whatever a campaign says. */
const pastMarketing: readonly Stage[] = ['sql', 'customer'];

/**
 * Why a lead is to leave a campaign, judged by what is true now: `stage:<stage>`, `excluded`, `unserved`, `contacted`,
 * `asked-to-talk`, `no-lead`. Undefined: it stays. Mails of the service stream answer the lead itself, so only the
 * campaign's own exits end them.
 */
export const exitReason = (
  campaign: Campaign,
  lead: LeadOutline | undefined,
  contacted: boolean,
): string | undefined => {
  if (lead === undefined) return 'no-lead';
  const marketing = campaign.stream === 'marketing';
  if (campaign.exitAt.includes(lead.stage) || (marketing && pastMarketing.includes(lead.stage)))
    return `stage:${lead.stage}`;
  if (marketing && lead.excluded !== undefined) return 'excluded';
  if (marketing && lead.unserved) return 'unserved';
  if (campaign.exitOnContact && contacted) return 'contacted';
  // Intent is answered, not nurtured: a campaign that is not for those who ask ends when they do.
  if (campaign.unlessIntent && lead.asked !== undefined) return 'asked-to-talk';
  return undefined;
};
