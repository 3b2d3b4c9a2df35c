import type { Instant } from '../../../shared/domain/time.ts';
import { csvFile } from './csv-file.ts';
import type { WaitingLead } from './list-waiting.ts';

/** Who would be an MQL: the first few here, all in a file. */
export type WaitingReport = Readonly<{
  count: number;
  asked: number;
  byOrigin: Readonly<Record<string, number>>;
  first: readonly WaitingLead[];
  /** Absent: there is nobody. */
  file?: string;
}>;

const shown = 20;
const header = ['lead', 'by', 'engagement', 'occurred_at', 'origin', 'score'];

export const reportWaiting = async (
  waiting: AsyncIterable<WaitingLead>,
  path: string,
): Promise<WaitingReport> => {
  const file = await csvFile(path, header);
  const byOrigin = new Map<string, number>();
  const first: WaitingLead[] = [];
  let asked = 0;
  for await (const lead of waiting) {
    if (first.length < shown) first.push(lead);
    if (lead.by === 'asked') asked += 1;
    byOrigin.set(lead.origin, (byOrigin.get(lead.origin) ?? 0) + 1);
    await file.add(fieldsOf(lead));
  }
  const count = await file.close();
  return {
    count,
    asked,
    byOrigin: Object.fromEntries([...byOrigin].sort(([, a], [, b]) => b - a)),
    first,
    ...(count === 0 ? {} : { file: path }),
  };
};

const fieldsOf = ({
  leadId,
  by,
  engagementId,
  occurredAt,
  origin,
  score,
}: WaitingLead): readonly (string | number)[] => [
  leadId,
  by,
  engagementId,
  occurredAt satisfies Instant,
  origin,
  score,
];
