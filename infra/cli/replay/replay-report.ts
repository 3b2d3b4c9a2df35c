import { latest } from '../../../shared/domain/time.ts';
import { deadlineLines } from './deadline-figures.ts';
import type { Funnel } from './funnel.ts';
import type { History } from './read-history.ts';
import type { ReplayFigures } from './replay-figures.ts';
import type { Replay } from './run-replay.ts';
import { heading, percent, table } from './tables.ts';
import { waitReport } from './wait-report.ts';
import { daysOf } from './weeks.ts';

/** What a history came to, for people. */
export const replayReport = ({ figures, history, waits }: Omit<Replay, 'against'>): string =>
  [
    '',
    heading(title(figures, history)),
    '',
    ...waitReport(waits, figures),
    heading('Funnel by origin'),
    funnelTable('origin', figures.funnel),
    '',
    heading('Funnel by month of the first engagement'),
    funnelTable('month', figures.months),
    '  A stage that a lead skipped is not counted: a deal that is won outside makes a customer of any lead.',
    '',
    heading('Deadlines of handoffs'),
    deadlineTable(figures),
    `  ended: the lead left sales before the deadline.${unrecorded(figures)}`,
    '',
    heading('What was decided as deadlines neared and passed'),
    table(
      ['', 'times'],
      Object.entries(figures.escalations).map(([name, count]) => [stepNames[name] ?? name, count]),
    ),
    '',
    heading('Mails to leads, by campaign and step'),
    mailTable(figures),
    '',
    heading('Mails to sales'),
    table(['text', 'sent'], Object.entries(figures.mails.internal)),
    '',
    heading('Load of sales'),
    loadTable(figures),
    '',
    `  ${figures.mqlsPerWeek.mean} MQLs a week, ${figures.mqlsPerWeek.peak} in the week of ${figures.mqlsPerWeek.peakWeek ?? '-'}.`,
    '',
  ].join('\n');

const stepNames: Readonly<Record<string, string>> = { pulledBack: 'pulled back' };

const title = ({ policy, funnel }: ReplayFigures, { events, answers }: History): string => {
  const first = events[0]?.at ?? '';
  const last = latest(events.at(-1)?.at ?? '', answers.at(-1)?.at ?? '');
  return `${funnel.all?.leads ?? 0} leads, ${events.length} events in ${daysOf(first, last)} days (${first.slice(0, 10)} to ${last.slice(0, 10)}), played with policy ${policy}`;
};

const funnelTable = (name: string, funnels: Readonly<Record<string, Funnel>>): string =>
  table(
    [name, 'leads', 'mql', 'sal', 'sql', 'customers', 'won'],
    Object.entries(funnels).map(([key, { leads, mqls, sals, sqls, customers }]) => [
      key,
      leads,
      mqls,
      sals,
      sqls,
      customers,
      percent(customers, leads),
    ]),
  );

const deadlineTable = ({ deadlines }: ReplayFigures): string =>
  table(
    ['deadline', 'priority', 'kept', 'missed', 'ended', 'running', 'kept of those decided'],
    deadlineLines(deadlines).map(({ name, priority, kept, missed, ended, running }) => [
      deadlineNames[name],
      priority,
      kept,
      missed,
      ended,
      running,
      percent(kept, kept + missed),
    ]),
    2,
  );

/** A deadline that nobody could keep says nothing about sales. */
const unrecorded = ({ handoffs: { accepted, rejected, contacted, qualified } }: ReplayFigures): string => {
  if (accepted + rejected + contacted + qualified === 0)
    return ' This history holds no answers of sales, so no deadline could be kept.';
  const missing = [
    ...(contacted === 0 ? ['first contacts'] : []),
    ...(qualified === 0 ? ['qualifications'] : []),
  ];
  return missing.length === 0
    ? ''
    : ` This history holds no ${missing.join(' and no ')}, so those deadlines could not be kept.`;
};

const deadlineNames = { accept: 'accept', firstContact: 'first contact', qualify: 'qualify' } as const;

const mailTable = ({ mails: { campaigns } }: ReplayFigures): string =>
  table(
    ['campaign', 'step', 'stream', 'skipped because', 'sent', 'skipped'],
    campaigns.map(({ campaign, step, stream, sent, skipped }) => [
      campaign,
      step,
      stream,
      Object.keys(skipped).join(', '),
      sent,
      Object.values(skipped).reduce((sum, count) => sum + count, 0),
    ]),
    4,
  );

const loadTable = ({ load }: ReplayFigures): string =>
  table(
    ['rep', 'offered', 'a week', 'most in a week', 'most open at once', 'open at the end'],
    load.map(({ rep, offered, openPeak, openAtEnd }) => [
      rep,
      offered.total,
      offered.mean.toFixed(1),
      offered.peak,
      openPeak,
      openAtEnd,
    ]),
  );
