import { unkeptSentence } from '../explain/unkept-properties.ts';
import { heading, table } from '../replay/tables.ts';
import type { LeadImpact } from './lead-impact.ts';
import type { ImpactReport } from './run-impact.ts';

/** What a policy would make of all leads, for people: `limit` rows of each list. */
export const impactText = (report: ImpactReport, limit: number): string => {
  const { leads, refolded, waiting, mqls, already, hot, cold, bands, unkept, isProposed } = report;
  return [
    '',
    heading(
      `${leads} leads under policy ${report.version} (${report.hash.slice(0, 12)}), ${isProposed ? 'if it was published' : 'which is in force'}`,
    ),
    `  ${refolded} are counted anew; publishing itself moves nobody, and this changed nothing.`,
    ...(waiting === 0 ? [] : [`  ${waiting} wait for baton activate or baton surge release, and go on to.`]),
    '',
    heading(`${mqls.length} would be MQLs`),
    ...(mqls.length === 0 ? [] : mqlLines(report, already, mqls.slice(0, limit))),
    ...more(mqls, limit),
    '',
    heading(`${hot.becomes.length} would become hot, ${hot.noLonger.length} would be hot no longer`),
    ...leadLines([...hot.becomes, ...hot.noLonger], limit),
    '',
    heading(`${cold.length} MQLs without an open handoff would go cold`),
    ...leadLines(cold, limit),
    '',
    heading('Score bands'),
    bands.length === 0
      ? '  nobody changes band'
      : table(
          ['from', 'to', 'leads'],
          bands.map(({ from, to, leads: count }) => [from, to, count]),
          2,
        ),
    ...(unkept.length === 0 ? [] : ['', heading('Counts only engagements that come after it is published')]),
    ...unkept.map((one) => `  ${unkeptSentence(one)} (${one.leads} leads)`),
    '',
  ].join('\n');
};

const mqlLines = (
  { mqlPerMonth, mqls, isProposed }: ImpactReport,
  already: number,
  shown: readonly LeadImpact[],
): readonly string[] => [
  `  The target is ${mqlPerMonth} a month: at once they are ${(mqls.length / mqlPerMonth).toFixed(1)} months of it.`,
  ...(already === 0 ? [] : [`  ${already} of them qualify as it is, and wait for their next engagement.`]),
  isProposed
    ? '  Published, they move with their next engagement that earns points; baton policy apply moves them at a pace that sales can take.'
    : '  They move with their next engagement that earns points, or with baton policy apply.',
  '',
  table(
    ['lead', 'stage', 'why', 'top reasons', 'score', 'would be'],
    shown.map(({ leadId, stage, mql, score }) => [
      leadId,
      stage,
      mql?.by ?? '',
      mql?.reasons.map(({ label, points }) => `${label} ${points}`).join(', ') ?? '',
      score.from,
      score.to,
    ]),
    4,
  ),
];

const leadLines = (leads: readonly LeadImpact[], limit: number): readonly string[] =>
  leads.length === 0
    ? []
    : [
        table(
          ['lead', 'stage', 'score', 'would be'],
          leads.slice(0, limit).map(({ leadId, stage, score }) => [leadId, stage, score.from, score.to]),
          2,
        ),
        ...more(leads, limit),
      ];

const more = (leads: readonly LeadImpact[], limit: number): readonly string[] =>
  leads.length > limit ? [`  ... and ${leads.length - limit} more: --limit or --json has all.`] : [];
