import { paginateScan } from '@aws-sdk/client-dynamodb';
import type { LocalEnvironment } from '../local-environment.ts';

const everyMs = 1500;

/** Calls `changed` for each lead that was written since the last look. A scan: for the few leads of a local stack. */
export const watchScores = (
  { dynamo, names }: LocalEnvironment,
  changed: (leadId: string) => Promise<void>,
): Readonly<{ stop(): void }> => {
  const seen = new Map<string, string>();
  let running = true;
  const look = async () => {
    const pages = paginateScan(
      { client: dynamo },
      {
        TableName: names.LeadsTableName,
        FilterExpression: 'begins_with(pk, :lead) AND attribute_exists(v)',
        ProjectionExpression: 'pk, v',
        ExpressionAttributeValues: { ':lead': { S: 'lead#' } },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const { pk, v } of Items) {
        const leadId = (pk?.S ?? '').slice('lead#'.length);
        const version = v?.N ?? '';
        if (version === '' || seen.get(leadId) === version) continue;
        seen.set(leadId, version);
        await changed(leadId);
      }
    }
  };
  const timer = setInterval(() => {
    // A look that fails (the stack is being stopped) is made up for by the next.
    if (running) void look().catch(() => undefined);
  }, everyMs);
  return {
    stop() {
      running = false;
      clearInterval(timer);
    },
  };
};
