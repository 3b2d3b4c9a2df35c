import { readProperties } from '../../shared/domain/fold/scoring-index.ts';
import type { Policy } from '../../shared/policy/schema.ts';
import type { EngagementMessage } from './score-lead.ts';

/**
 * An engagement for the raw log: by the lead's pseudonym, with the properties that the policy reads. What people write
 * into forms, and what stands in addresses of pages after `?`, may name them and stays out.
 */
export const rawEntry = (
  leadId: string,
  { detail, receivedAt }: EngagementMessage,
  policy: Policy,
): Readonly<Record<string, unknown>> => {
  const { id, kind, occurredAt, source = {}, properties = {} } = detail;
  const read = readProperties(kind, policy);
  return {
    leadId,
    id,
    kind,
    occurredAt,
    receivedAt,
    source: {
      ...source,
      ...(source.referrer === undefined ? {} : { referrer: withoutQuery(source.referrer) }),
      ...(source.landingPage === undefined ? {} : { landingPage: withoutQuery(source.landingPage) }),
    },
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => read.has(name))),
  };
};

const withoutQuery = (address: string): string => address.split(/[?#]/)[0] ?? '';
