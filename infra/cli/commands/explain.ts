import { instantOf } from '../../../shared/domain/time.ts';
import { connectTo } from '../environment-connection.ts';
import { explainReport } from '../explain/explain-report.ts';
import { type Explanation, explanationOf } from '../explain/explanation.ts';
import { type NamedLead, readStoredLead } from '../explain/stored-lead.ts';
import { type TimelinePage, timelinePage } from '../explain/timeline-page.ts';
import { standingSentences } from '../explain/words.ts';
import { rowTime } from '../import/row-time.ts';
import { UsageError } from '../usage-error.ts';

export type ExplainCommand = Readonly<{
  lead?: string;
  email?: string;
  /** As people write it; without an offset in the policy's zone. */
  at?: string;
  /** Number of the page; `true`: the first. */
  timeline?: number | true;
  env?: string;
  json?: true;
}>;

/** Without `--env` and BATON_ENV it explains a lead of the local stack. Returns the exit code. */
export const explain = async (command: ExplainCommand): Promise<number> => {
  const { at, timeline, json } = command;
  const named = namedLead(command);
  const connection = await connectTo(command.env ?? process.env.BATON_ENV ?? 'local');
  const stored = await readStoredLead(connection, named);
  const { zone } = stored.policy.policy;
  const explanation = explanationOf(
    stored,
    instantOf(Date.now()),
    at === undefined ? undefined : timeOf(at, zone),
  );
  const page = timeline === undefined ? undefined : timelinePage(explanation.timeline, Number(timeline));
  const environment = connection.environment;
  process.stdout.write(
    json
      ? `${JSON.stringify({ environment, ...jsonOf(explanation, zone, page) })}\n`
      : `${explainReport(explanation, zone, page)}\n`,
  );
  return 0;
};

const namedLead = ({ lead, email }: ExplainCommand): NamedLead => {
  if (lead !== undefined && email === undefined) return { lead };
  if (email !== undefined && lead === undefined) return { email };
  throw new UsageError('Name the lead by either --lead or --email.');
};

const timeOf = (text: string, zone: string): string => {
  const instant = rowTime(text, zone);
  if (instant !== undefined) return instant;
  throw new UsageError(
    `${text} is not a time: write 2026-11-02, "2026-11-02 09:00" or 2026-11-02T09:00:00Z.`,
  );
};

const jsonOf = (
  { timeline: _, standing, ...explanation }: Explanation,
  zone: string,
  page: TimelinePage | undefined,
) => ({
  ...explanation,
  mql: { ...standing, sentences: standingSentences(standing, zone) },
  ...(page === undefined ? {} : { timeline: page }),
});
