import type { LeadView } from '../../shared/domain/lead-view.ts';
import type { LeadEvidenceReader } from '../../shared/ports.ts';

export const aLeadView = (overrides: Partial<LeadView> = {}): LeadView => ({
  leadId: 'lead-1',
  stage: 'mql',
  stageAt: '2026-11-23T09:00:00.000Z',
  score: 62,
  engagement: 38,
  fit: 24,
  hot: false,
  segment: 'mid',
  unserved: false,
  locale: 'de',
  country: 'DE',
  companyDomain: 'acme.example',
  evidence: { score: 62, engagement: 38, fit: 24, reasons: [], activities: [], answers: {} },
  profile: {},
  ...overrides,
});

/** Leads in a map, which the test moves about. */
export const leadReaderOf = (leads: ReadonlyMap<string, LeadView>): LeadEvidenceReader => ({
  view: async (leadId) => leads.get(leadId),
});
